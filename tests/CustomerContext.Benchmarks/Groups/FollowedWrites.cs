using System.Diagnostics;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// Signals of a customer whom many follow, in turn with those of one whom one does, and of one whom nobody does. Every answer moves what
/// they contribute, so all that time the followers are being told.
/// </summary>
internal static class FollowedWrites
{
    private const int WarmUps = 50;

    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <summary>Measures and prints.</summary>
    public static async Task Run(SeededSilo silo, GroupsOptions options)
    {
        int[] degrees = [options.Followers, 1, 0];
        CustomerKey[] customers = [.. degrees.Select((_, number) => Seeds.Key(number + 1))];
        var (seeds, answers, other) = (new Seeds(silo), new Answers(silo), Seeds.Key(degrees.Length + 1));
        foreach (var (customer, followers) in customers.Zip(degrees).Append((other, 0)))
        {
            await seeds.Customer(customer, 0, followers);
        }

        for (var number = 0; number < WarmUps; number++)
        {
            await answers.Send(other, 1 + (number % 5));
        }

        var took = customers.Select(_ => new List<TimeSpan>()).ToArray();
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < options.Writes; number++)
        {
            foreach (var (i, customer) in customers.Index())
            {
                took[i].Add(await answers.Send(customer, 1 + (number % 5)));
            }
        }

        var sent = Stopwatch.GetElapsedTime(begun);
        var waiting = await Waiting(silo, customers[0]);
        var left = waiting;
        using var ticks = new PeriodicTimer(_poll, TimeProvider.System);
        while (left > 0 && Stopwatch.GetElapsedTime(begun) < _patience && await ticks.WaitForNextTickAsync())
        {
            left = await Waiting(silo, customers[0]);
        }

        Row[] rows = [.. degrees.Zip(took, (followers, times) => new Row(followers, Spread.Of(times)))];
        Print(options, rows, new Told(sent, waiting, Stopwatch.GetElapsedTime(begun) - sent, left));
    }

    /// <summary>How many followers have not acknowledged the latest, as stored.</summary>
    private static async Task<int> Waiting(SeededSilo silo, CustomerKey followed)
    {
        var ties = await silo.Stored<TiesState>(StoreNames.Ties, silo.Customer(followed));
        var waiting = 0;
        for (var shard = 0; shard < ties!.Outbox.Followers.Shards; shard++)
        {
            var list = await silo.Stored<FollowerList>(StoreNames.Followers, silo.Followers(followed, shard));
            waiting += list!.Followers.Count(follower => follower.Acknowledged < ties.Outbox.Followers.Due);
        }

        return waiting;
    }

    private static void Print(GroupsOptions options, Row[] rows, Told told)
    {
        var alone = rows[^1].Signals;
        GroupsReport.Print(
            options,
            "followed",
            new { Rows = rows, Told = told },
            [
                ["followers", "signals", "p50 us", "p99 us", "p50 to none", "p99 to none"],
                .. rows.Select(row => (string[])
                [
                    $"{row.Followers:N0}", $"{row.Signals.Calls:N0}", $"{row.Signals.P50:F0}", $"{row.Signals.P99:F0}",
                    $"{row.Signals.P50 / alone.P50:F2}", $"{row.Signals.P99 / alone.P99:F2}",
                ]),
            ]);
        GroupsReport.Say(
            options,
            $"Sent within {told.Sent.TotalSeconds:F1} s; {told.Waiting:N0} followers did not know the latest then, "
                + $"{told.Left:N0} not after {told.After.TotalSeconds:F1} s more.");
    }

    /// <summary>A customer with so many followers.</summary>
    private sealed record Row(int Followers, Spread Signals);

    /// <summary>How the announcement went.</summary>
    private sealed record Told(TimeSpan Sent, int Waiting, TimeSpan After, int Left);
}
