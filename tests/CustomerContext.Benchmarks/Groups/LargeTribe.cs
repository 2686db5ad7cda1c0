using System.Diagnostics;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// A large tribe as it comes about: every member asks the tribe for a place and tells a shard. Then its release, a burst of
/// changes, and a new process on the same store.
/// </summary>
internal static class LargeTribe
{
    private const string Name = "large";

    /// <summary>Members are customers of their own and wait for nobody else; the bound is only there for the memory.</summary>
    private const int AtOnce = 20_000;

    /// <summary>Measures and prints.</summary>
    public static async Task Run(string folder, GroupsOptions options)
    {
        var places = new int[options.Members];
        TimeSpan built;
        TimeSpan released;
        TimeSpan folded;
        long heap;
        await using (var silo = await SeededSilo.Start(folder))
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            built = await Timed(() => All(options.Members, async member => places[member] = await Join(silo, member)));
            heap = GC.GetTotalMemory(forceFullCollection: true) - before;
            released = await Timed(() => silo.Tribe(Name).Finish(1));
            folded = await Timed(() => All(options.Burst, number =>
                Change(silo, places[number % options.Members], number % options.Members, 2 + (number / options.Members))));
        }

        var restart = await TribeRestart.InNewProcess(folder, Name, round: 2);
        var shards = places.Max() + 1;
        GroupsReport.Print(
            options,
            "tribe",
            new { options.Members, Shards = shards, options.Burst, Built = built, HeapBytes = heap, Released = released, Folded = folded, Restart = restart },
            [
                ["", ""],
                ["members", $"{options.Members:N0}"],
                ["shards", $"{shards:N0}"],
                ["built, s", $"{built.TotalSeconds:F1}"],
                ["heap a member, bytes, as built", $"{heap / options.Members:N0}"],
                ["heap a member, bytes, as read from the store", $"{restart.HeapBytes / options.Members:N0}"],
                ["release of all, s", $"{released.TotalSeconds:F2}"],
                [$"{options.Burst:N0} changes folded and durable, s", $"{folded.TotalSeconds:F2}"],
                ["new process: the tribe answers after, s", $"{restart.Answered.TotalSeconds:F2}"],
                ["new process: the next release is made after, s", $"{restart.Released.TotalSeconds:F2}"],
            ]);
    }

    /// <summary>As a customer's grain does it: to another shard if the one has no room.</summary>
    private static async Task<int> Join(SeededSilo silo, int member)
    {
        var contribution = Contributions.Of(member, 1, TimeProvider.System.GetUtcNow());
        var shard = await silo.Tribe(Name).Place(null);
        while (!await silo.Shard(Name, shard).Put(contribution))
        {
            shard = await silo.Tribe(Name).Place(shard);
        }

        return shard;
    }

    private static async Task Change(SeededSilo silo, int shard, int member, long version)
    {
        if (!await silo.Shard(Name, shard).Put(Contributions.Of(member, version, TimeProvider.System.GetUtcNow())))
        {
            throw new InvalidOperationException("A shard refused a member that it has.");
        }
    }

    private static Task All(int count, Func<int, Task> run) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => await run(number));

    private static async Task<TimeSpan> Timed(Func<Task> run)
    {
        var begun = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(begun);
    }
}
