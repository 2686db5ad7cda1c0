using System.Diagnostics;
using System.Globalization;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Customers;
using CustomerContext.Testing;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// What the people around cost: a look with all facets beside few and many friends and in small and large tribes; a large tribe built, folded and started again; a hot tribe beside quiet ones;
/// somebody with many followers.
/// </summary>
internal static class GroupsBenchmark
{
    private const int Looks = 4_000;
    private const int Burst = 100_000;
    private const int Followers = 100_000;
    private const string Big = "big";

    private static readonly int[] _friends = [10, 100, 1_000];

    /// <param name="arguments">Members of the large tribe; 10,000 by default, 1,000,000 once before the issue is resolved.</param>
    /// <exception cref="FormatException">That is not a number.</exception>
    public static async Task Run(string[] arguments)
    {
        var members = arguments is [] ? 10_000 : int.Parse(arguments[0], CultureInfo.InvariantCulture);
        using var folder = new TempFolder();
        await using (var silo = await SeededSilo.Start(folder.Path))
        {
            await silo.SeedTribe("small", 100);
            await silo.SeedTribe(Big, members);
            await FlatReads(silo, members);
            await LargeTribe(silo, members);
            await HotTribe(silo);
            await Hub(silo);
        }

        await Restart(folder.Path, members);
    }

    private static async Task FlatReads(SeededSilo silo, int members)
    {
        var cases = new List<(string Name, CustomerKey Customer)>();
        foreach (var (tribe, size) in new[] { ("small", 100), (Big, members) })
        {
            foreach (var friends in _friends)
            {
                var customer = SeededSilo.Person(1_000_000 + size + friends);
                await silo.SeedCustomer(customer, friends, tribe);
                cases.Add(($"{friends} friends, tribe of {size}", customer));
            }
        }

        var took = cases.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Looks; round++)
        {
            for (var i = 0; i < cases.Count; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                var answer = await silo.Customer(cases[i].Customer).Look(Look());
                took[i].Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
                _ = answer.Value ?? throw new InvalidOperationException("A look was refused.");
            }
        }

        var medians = took.Select(times => Percentile(times, 0.5)).ToArray();
        Console.WriteLine("A look with all facets, disclosure durable, one after the other");
        Table.Print([["", "p50 microseconds", "to the first"], .. cases.Select((one, i) => (string[])[one.Name, $"{medians[i]:F0}", $"{medians[i] / medians[0]:F2}"])]);
    }

    private static async Task LargeTribe(SeededSilo silo, int members)
    {
        var shards = (members + Limits.Groups.ShardMembers - 1) / Limits.Groups.ShardMembers;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var loaded = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, shards).Select(shard => silo.Shard(Big, shard).Put(silo.Contribution((long)shard * Limits.Groups.ShardMembers, 1))));
        var (load, heap) = (loaded.Elapsed, GC.GetTotalMemory(forceFullCollection: true) - before);
        var folded = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Burst, new ParallelOptions { MaxDegreeOfParallelism = 1_000 }, async (number, _) =>
        {
            var member = number % members;
            await silo.Shard(Big, member / Limits.Groups.ShardMembers).Put(silo.Contribution(member, 2 + number));
        });
        Console.WriteLine($"\nA tribe of {members:N0} in {shards} shards: loaded in {load.TotalSeconds:F2} s, {heap / members} bytes of heap a member; "
            + $"{Burst:N0} changes folded and durable in {folded.Elapsed.TotalSeconds:F2} s");
    }

    private static async Task HotTribe(SeededSilo silo)
    {
        for (var tribe = 0; tribe < 9; tribe++)
        {
            await silo.SeedTribe($"quiet-{tribe}", 1_000);
        }

        var alone = await Quiet(silo, TimeSpan.FromSeconds(3), 100_000);
        using var stop = new CancellationTokenSource();
        var hot = Parallel.ForAsync(0, int.MaxValue, new ParallelOptions { MaxDegreeOfParallelism = 9, CancellationToken = stop.Token }, async (number, _) =>
            await silo.Shard("small", 0).Put(silo.Contribution(number % 100, 10 + number)));
        var beside = await Quiet(silo, TimeSpan.FromSeconds(3), 200_000_000);
        await stop.CancelAsync();
        await hot.ContinueWith(_ => { }, TaskScheduler.Default);
        Console.WriteLine($"\nOther tribes' p99 alone {alone:F0} microseconds, beside one that gets 9 of 10 messages {beside:F0}: ratio {beside / alone:F2}");
    }

    private static async Task<double> Quiet(SeededSilo silo, TimeSpan time, long version)
    {
        var (took, clock) = (new List<double>(), Stopwatch.StartNew());
        for (var number = 0; clock.Elapsed < time; number++)
        {
            var begun = Stopwatch.GetTimestamp();
            await silo.Shard($"quiet-{number % 9}", 0).Put(silo.Contribution(number % 1_000, version + number));
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
        }

        return Percentile(took, 0.99);
    }

    private static async Task Hub(SeededSilo silo)
    {
        var (hub, nobody) = (SeededSilo.Person(1), SeededSilo.Person(2));
        await silo.SeedFollowers(hub, Followers);
        var yes = new Preferences(SourceScope.Of([], [SourceId.Customer]), [new Purpose(SeededSilo.Purpose)], false, false, true, false);
        await silo.Customer(hub).SetPreferences(new SetPreferences("p1", yes));
        await silo.Customer(nobody).SetPreferences(new SetPreferences("p1", yes));
        var (followed, other) = (new List<double>(), new List<double>());
        for (var number = 0; number < 200; number++)
        {
            followed.Add(await Write(silo.Customer(hub), number));
            other.Add(await Write(silo.Customer(nobody), number));
        }

        var (slow, fast) = (Percentile(followed, 0.5), Percentile(other, 0.5));
        Console.WriteLine($"\nA write of somebody with {Followers:N0} followers {slow:F0} microseconds (p50), of somebody without {fast:F0}: ratio {slow / fast:F2}. "
            + $"Messages in the customer's own turn: {(Followers + Limits.Ties.FollowersPerShard - 1) / Limits.Ties.FollowersPerShard}, one a shard; "
            + "to each follower one for each change that they have not been overtaken by.");
    }

    private static async Task<double> Write(ICustomerGrain customer, int number)
    {
        var signal = new SurveySignal
        {
            Id = $"answer-{number}",
            Source = SourceId.Customer,
            OccurredAt = TimeProvider.System.GetUtcNow(),
            Question = "csat",
            Answer = 1 + (number % 5),
            ScaleMinimum = 1,
            ScaleMaximum = 5,
        };
        var begun = Stopwatch.GetTimestamp();
        await customer.Publish([new ScoredSignal(signal, new Observation(((number % 5) * 500) - 1_000, 1_000, Provenance.Declared))]);
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
    }

    private static async Task Restart(string folder, int members)
    {
        var clock = Stopwatch.StartNew();
        await using var silo = await SeededSilo.Start(folder);
        var shards = (members + Limits.Groups.ShardMembers - 1) / Limits.Groups.ShardMembers;
        await Task.WhenAll(Enumerable.Range(0, shards).Select(shard => silo.Shard(Big, shard).Seal(2, TimeProvider.System.GetUtcNow())));
        Console.WriteLine($"\nStarted again and every shard ready for a release after {clock.Elapsed.TotalSeconds:F2} s");
    }

    private static LookRequest Look() => new(
        new ReadRequest(new TenantId("acme"), ActorRole.Service, new Purpose(SeededSilo.Purpose), FacetSet.All, "call-1", []), "actor");

    private static double Percentile(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));
}
