using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains;
using Orleans;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// Messages for one signal, by how many follow and in how many tribes the customer is: of a signal that moves what they contribute, and of one
/// that does not. Each signal waits until all of the last one's messages are done, so none share a write.
/// </summary>
internal static class MessageCounts
{
    private const int Signals = 2;

    private static readonly (int Followers, int Tribes)[] _degrees = [(0, 0), (10, 0), (100, 0), (1_000, 0), (10_000, 0), (0, 1), (0, 8), (0, 32), (100, 8)];

    /// <summary>Longer than a shard rests, so that whatever is told has been written.</summary>
    private static readonly TimeSpan _quiet = 2 * Limits.Shards.LongestRest;

    /// <summary>Measures and prints.</summary>
    public static async Task Run(string folder, GroupsOptions options)
    {
        var writes = new StoreWrites();
        await using var silo = await SeededSilo.Start(folder, writes);
        var (rows, answers) = (new List<Row>(), new Answers(silo));
        foreach (var (number, degree) in _degrees.Index())
        {
            var customer = Seeds.Key(number + 1);
            await new Seeds(silo).Customer(customer, 0, degree.Followers, [.. Enumerable.Range(0, degree.Tribes).Select(tribe => $"tribe-{tribe}")]);
            var moving = await Moving(silo, writes, answers, customer);
            rows.Add(new Row(degree.Followers, degree.Tribes, moving, await Counted(silo, writes, answers, customer, _ => 1)));
        }

        Print(options, rows);
    }

    /// <summary>The first signals find the places in tribes; they do not count. The last one says 1, as those do that move nothing.</summary>
    private static async Task<Messages> Moving(SeededSilo silo, StoreWrites writes, Answers answers, CustomerKey customer)
    {
        await Counted(silo, writes, answers, customer, number => 2 + (number % 2));
        return await Counted(silo, writes, answers, customer, number => Signals - number);
    }

    private static async Task<Messages> Counted(SeededSilo silo, StoreWrites writes, Answers answers, CustomerKey customer, Func<int, int> answer)
    {
        var own = silo.Customer(customer).GetGrainId();
        writes.Forget();
        for (var number = 0; number < Signals; number++)
        {
            await answers.Send(customer, answer(number));
            await Settled(writes);
        }

        return new Messages(
            Each(writes.Of(StoreNames.Context, own).Own + writes.Of(StoreNames.Ties, own).Own),
            Each(writes.Of(StoreNames.Followers, own).Others),
            Each(writes.Of(StoreNames.Ties, own).Others),
            Each(writes.Of(StoreNames.TribeShard, own).Others));
    }

    private static double Each(int count) => (double)count / Signals;

    private static async Task Settled(StoreWrites writes)
    {
        using var ticks = new PeriodicTimer(_quiet, TimeProvider.System);
        int before;
        do
        {
            before = writes.All;
            await ticks.WaitForNextTickAsync();
        }
        while (before != writes.All);
    }

    private static void Print(GroupsOptions options, List<Row> rows) => GroupsReport.Print(
        options,
        "messages",
        rows,
        [
            ["followers", "tribes", "own writes", "writes of lists of followers", "followers told", "shards of tribes told", "when nothing moves: own", "others"],
            .. rows.Select(row => (string[])
            [
                $"{row.Followers:N0}", $"{row.Tribes}",
                $"{row.Moving.Own:0.##}", $"{row.Moving.Lists:0.##}", $"{row.Moving.Followers:#,0.##}", $"{row.Moving.Shards:0.##}",
                $"{row.Still.Own:0.##}", $"{row.Still.Lists + row.Still.Followers + row.Still.Shards:0.##}",
            ]),
        ]);

    /// <summary>A customer of some degree.</summary>
    private sealed record Row(int Followers, int Tribes, Messages Moving, Messages Still);

    /// <summary>For one signal.</summary>
    /// <param name="Own">Writes of the customer's own grain.</param>
    /// <param name="Lists">Writes of the shards that keep whom to tell: what is to be told, and what was acknowledged.</param>
    /// <param name="Followers">Followers told.</param>
    /// <param name="Shards">Shards of tribes told.</param>
    private sealed record Messages(double Own, double Lists, double Followers, double Shards);
}
