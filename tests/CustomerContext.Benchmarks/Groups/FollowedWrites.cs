using System.Diagnostics;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// Signals of a customer whom many follow, in turn with those of one whom nobody does. Every answer moves what they contribute, so all that time the
/// followers are being told.
/// </summary>
internal static class FollowedWrites
{
    private const int WarmUps = 50;

    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <summary>Measures and prints.</summary>
    public static async Task Run(SeededSilo silo, GroupsOptions options)
    {
        var (followed, alone, other) = (Seeds.Key(1), Seeds.Key(2), Seeds.Key(3));
        var (seeds, answers) = (new Seeds(silo), new Answers(silo));
        await seeds.Customer(followed, 0, options.Followers);
        await seeds.Customer(alone, 0, 0);
        await seeds.Customer(other, 0, 0);
        for (var number = 0; number < WarmUps; number++)
        {
            await answers.Send(other, 1 + (number % 5));
        }

        var (slow, fast) = (new List<TimeSpan>(), new List<TimeSpan>());
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < options.Writes; number++)
        {
            slow.Add(await answers.Send(followed, 1 + (number % 5)));
            fast.Add(await answers.Send(alone, 1 + (number % 5)));
        }

        var sent = Stopwatch.GetElapsedTime(begun);
        var waiting = await Waiting(silo, followed);
        var left = waiting;
        while (left > 0 && Stopwatch.GetElapsedTime(begun) < _patience)
        {
            await Task.Delay(_poll, TimeProvider.System);
            left = await Waiting(silo, followed);
        }

        Print(options, Spread.Of(slow), Spread.Of(fast), new Told(sent, waiting, Stopwatch.GetElapsedTime(begun) - sent, left));
    }

    /// <summary>How many followers have not acknowledged the latest, as stored.</summary>
    private static async Task<int> Waiting(SeededSilo silo, CustomerKey followed)
    {
        var ties = await silo.Stored<TiesState>(StoreNames.Ties, silo.Customer(followed));
        var waiting = 0;
        for (var shard = 0; shard < ties!.Outgoing.Followers.Shards; shard++)
        {
            var list = await silo.Stored<FollowerList>(StoreNames.Followers, silo.Followers(followed, shard));
            waiting += list!.Followers.Count(follower => follower.Told < ties.Outgoing.Followers.Due);
        }

        return waiting;
    }

    private static void Print(GroupsOptions options, Spread followed, Spread alone, Told told)
    {
        GroupsReport.Print(
            options,
            "followed",
            new { options.Followers, Followed = followed, Alone = alone, P50ToAlone = followed.P50 / alone.P50, P99ToAlone = followed.P99 / alone.P99, Told = told },
            [
                ["signals of a customer with", "signals", "p50 us", "p99 us"],
                [$"{options.Followers:N0} followers", $"{followed.Calls}", $"{followed.P50:F0}", $"{followed.P99:F0}"],
                ["none", $"{alone.Calls}", $"{alone.P50:F0}", $"{alone.P99:F0}"],
                ["ratio", "", $"{followed.P50 / alone.P50:F2}", $"{followed.P99 / alone.P99:F2}"],
                ["sent within, s", $"{told.Sent.TotalSeconds:F1}", "", ""],
                ["followers who did not know the latest then", $"{told.Waiting:N0}", "", ""],
                ["all told after more, s", told.Left == 0 ? $"{told.After.TotalSeconds:F1}" : $"{told.Left:N0} not within {told.After.TotalSeconds:F0}", "", ""],
            ]);
    }

    /// <summary>How the telling went.</summary>
    private sealed record Told(TimeSpan Sent, int Waiting, TimeSpan After, int Left);
}
