using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Benchmarks.Town;

namespace CustomerContext.Benchmarks.Ingest;

/// <summary>Acknowledged signals a second, beside one awaited write of a customer's state for each signal in the same store.</summary>
internal static class IngestBenchmark
{
    private const int InFlight = 16;

    public static async Task Run(BenchmarkOptions options)
    {
        foreach (var store in options.Stores)
        {
            await using var town = await ServedTown.Start(store, options);
            var batches = await Batches.Prepare(town.Connections, town.Customers, town.Count);
            var cases = batches.Cases();
            var rounds = await new Rounds(town.Server, options with { InFlight = InFlight, WarmUp = Math.Max(options.WarmUp / Batches.Size, 1) }).Run(cases);
            Print(options, Setting.Of(store, options), cases, rounds);
        }
    }

    private static void Print(BenchmarkOptions options, Setting setting, IReadOnlyList<Case> cases, Measured[][] rounds)
    {
        var signals = rounds.Select(one => one.Select(measured => measured.PerSecond * Batches.Size).ToArray()).ToArray();
        var ratios = signals.Select(one => Median.Of(one.Zip(signals[0], (signal, write) => signal / write))).ToArray();
        if (options.Json)
        {
            Json.Print(new
            {
                Benchmark = "ingest",
                Setting = setting,
                Cases = cases.Select((one, i) => new { one.Name, SignalsPerSecond = signals[i], OfWrites = ratios[i] }),
            });
            return;
        }

        Console.WriteLine($"{setting}\n{Batches.Size} signals a call, {InFlight} calls in flight. Medians (lowest-highest) of {options.Rounds} rounds.\n");
        Table.Print([["", "signals/s", "of one write each"], .. cases.Select((one, i) => (string[])[one.Name, Median.Of(signals[i]).ToString("0"), ratios[i].ToString("0.00")])]);
        Console.WriteLine();
    }
}
