using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerContext.Benchmarks.Load;
using CustomerContext.Domain;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// Changes come to a hundred quiet tribes at a steady rate, in turn alone and beside a hot tribe that gets nine times as many: nine tenths of all.
/// </summary>
internal static class HotTribe
{
    private const string Hot = "hot";
    private const int Quiet = 100;
    private const int QuietMembers = 1_000;
    private const int HotShare = 9;

    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Measures and prints.</summary>
    public static async Task Run(SeededSilo silo, GroupsOptions options)
    {
        var seeds = new Seeds(silo);
        await seeds.Tribe(Hot, options.HotMembers);
        for (var tribe = 0; tribe < Quiet; tribe++)
        {
            await seeds.Tribe(NameOf(tribe), QuietMembers);
        }

        var version = 1L;
        var quietRate = options.HotRate / (HotShare + 1.0);
        var (alone, beside, hot, ratios) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>(), new List<double>());
        await Quietly();
        for (var round = 0; round < options.Rounds; round++)
        {
            var before = await Quietly();
            var both = await Task.WhenAll(Quietly(), Steadily(HotShare * quietRate, options.Time, number =>
                Put(silo, Hot, number % options.HotMembers, Interlocked.Increment(ref version))));
            ratios.Add(Spread.Of(both[0]).P99 / Spread.Of(before).P99);
            alone.AddRange(before);
            beside.AddRange(both[0]);
            hot.AddRange(both[1]);
        }

        Print(options, quietRate, Spread.Of(alone), Spread.Of(beside), Spread.Of(hot), Median.Of(ratios));

        Task<IEnumerable<TimeSpan>> Quietly() => Steadily(quietRate, options.Time, number =>
            Put(silo, NameOf(number % Quiet), number % QuietMembers, Interlocked.Increment(ref version)));
    }

    private static string NameOf(int tribe) => $"quiet-{tribe}";

    private static async Task Put(SeededSilo silo, string tribe, int member, long version) =>
        await silo.Shard(tribe, member / Limits.Groups.ShardMembers).Put(Contributions.Of(member, version, TimeProvider.System.GetUtcNow()));

    /// <summary>Calls at a steady rate whether or not earlier ones are done. The time of each counts from when it was due: calling later hides no delay.</summary>
    private static async Task<IEnumerable<TimeSpan>> Steadily(double rate, TimeSpan time, Func<int, Task> call)
    {
        var clock = Stopwatch.StartNew();
        var took = new ConcurrentBag<TimeSpan>();
        var calls = new List<Task>();
        using var ticks = new PeriodicTimer(_tick, TimeProvider.System);
        for (var due = TimeSpan.Zero; due < time; due = TimeSpan.FromSeconds(calls.Count / rate))
        {
            while (due > clock.Elapsed)
            {
                await ticks.WaitForNextTickAsync();
            }

            calls.Add(Call(calls.Count, due));
        }

        await Task.WhenAll(calls);
        return took;

        async Task Call(int number, TimeSpan due)
        {
            await call(number);
            took.Add(clock.Elapsed - due);
        }
    }

    private static void Print(GroupsOptions options, double quietRate, Spread alone, Spread beside, Spread hot, Median ratios) => GroupsReport.Print(
        options,
        "hot",
        new { options.HotMembers, options.HotRate, Alone = alone, Beside = beside, Hot = hot, ToAlone = beside.P99 / alone.P99, Rounds = ratios },
        [
            [$"{options.HotRate} changes a second", "changes", "p50 us", "p99 us", "p99 to alone (at most 1.5)", "in a round"],
            [$"{Quiet} quiet tribes of {QuietMembers:N0}, alone, {quietRate:F0}/s", $"{alone.Calls}", $"{alone.P50:F0}", $"{alone.P99:F0}", "", ""],
            ["the same beside the hot tribe", $"{beside.Calls}", $"{beside.P50:F0}", $"{beside.P99:F0}", $"{beside.P99 / alone.P99:F2}", ratios.ToString("F2")],
            [$"the hot tribe of {options.HotMembers:N0}, {HotShare * quietRate:F0}/s", $"{hot.Calls}", $"{hot.P50:F0}", $"{hot.P99:F0}", "", ""],
        ]);
}
