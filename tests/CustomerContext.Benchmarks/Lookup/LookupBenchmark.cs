using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Benchmarks.Town;

namespace CustomerContext.Benchmarks.Lookup;

/// <summary>A lookup (all facets, consent checked, disclosure durable) beside an echo, a plain read, and a plain read with a durable append.</summary>
internal static class LookupBenchmark
{
    public static async Task Run(BenchmarkOptions options)
    {
        foreach (var store in options.Stores)
        {
            await using var town = await ServedTown.Start(store, options);
            var looks = await Looks.Prepare(town.Connections, town.Customers, town.Count);
            var cases = looks.Cases(store);
            var rounds = await new Rounds(town.Server, options).Run(cases);
            new LookupReport(Setting.Of(store, options), looks, cases, rounds).Print(options.Json);
        }
    }
}
