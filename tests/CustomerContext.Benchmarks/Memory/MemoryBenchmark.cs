using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Benchmarks.Serving;
using CustomerContext.Benchmarks.Town;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Benchmarks.Memory;

/// <summary>What one more resident customer takes: their grain with context, consent and a snapshot just looked at, and the grains of their two identifiers.</summary>
internal static class MemoryBenchmark
{
    private const int DefaultCustomers = 20_000;
    private const int First = 500;
    private const int Few = 3;

    public static async Task Run(BenchmarkOptions options)
    {
        foreach (var store in options.Stores)
        {
            var now = TimeProvider.System.GetUtcNow();
            var few = await Measure(store, options, customer => Signals.Past(customer, now).Take(Few));
            var all = await Measure(store, options, customer => Signals.Past(customer, now));
            Print(options, Setting.Of(store, options), [few, all]);
        }
    }

    private static async Task<Resident> Measure(Store store, BenchmarkOptions options, Func<int, IEnumerable<Signal>> past)
    {
        await using var server = await ServerProcess.Start(store, options.Fsync);
        using var connections = new Connections(server.Address);
        var customers = new Customers(connections, new Tokens(server.DataFolder));

        // The first few bring in the code and fill the pools.
        await customers.Make(0, First, past);
        await LookAt(customers, 0, First);
        var before = await connections.Next().Baselines.MeasureAsync(new Empty(), customers.Tenant);
        var count = options.Customers ?? DefaultCustomers;
        await customers.Make(First, First + count, past);
        var answer = await LookAt(customers, First, First + count);
        var after = await connections.Next().Baselines.MeasureAsync(new Empty(), customers.Tenant);
        return new Resident(
            count, past(0).Count(), answer, (after.HeapBytes - before.HeapBytes) / count, (after.WorkingSetBytes - before.WorkingSetBytes) / count);
    }

    /// <summary>Looks at each once; the size of the last answer.</summary>
    private static async Task<int> LookAt(Customers customers, int from, int to)
    {
        var size = 0;
        await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (customer, _) => size = (await customers.LookUp(customer)).CalculateSize());
        return size;
    }

    private static void Print(BenchmarkOptions options, Setting setting, Resident[] measured)
    {
        if (options.Json)
        {
            Json.Print(new { Benchmark = "memory", Setting = setting, Measured = measured });
            return;
        }

        Console.WriteLine($"{setting}\n");
        Table.Print(
        [
            ["customers", "signals each", "answer bytes", "heap bytes each", "working set bytes each"],
            .. measured.Select(one => (string[])[$"{one.Customers}", $"{one.Signals}", $"{one.AnswerBytes}", $"{one.HeapBytes}", $"{one.WorkingSetBytes}"]),
        ]);
        Console.WriteLine();
    }

    /// <summary>What one more customer took.</summary>
    private sealed record Resident(int Customers, int Signals, int AnswerBytes, long HeapBytes, long WorkingSetBytes);
}
