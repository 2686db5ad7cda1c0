using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Benchmarks.Serving;
using CustomerContext.Benchmarks.Town;

namespace CustomerContext.Benchmarks.Lookup;

/// <summary>A lookup (all facets, consent checked, disclosure durable) beside an echo, a plain read, and a plain read with a durable append.</summary>
internal static class LookupBenchmark
{
    private const int DefaultCustomers = 2_000;

    public static async Task Run(BenchmarkOptions options)
    {
        foreach (var store in options.Stores)
        {
            await using var server = await ServerProcess.Start(store, options.Fsync);
            using var connections = new Connections(server.Address);
            var customers = new Customers(connections, new Tokens(server.DataFolder));
            var count = options.Customers ?? DefaultCustomers;
            var now = TimeProvider.System.GetUtcNow();
            await customers.Make(0, count, customer => Signals.Past(customer, now));
            var looks = await Looks.Prepare(connections, customers, count);
            var cases = looks.Cases(store);
            var rounds = await new Rounds(server, options).Run(cases);
            new LookupReport(Setting.Of(store, options), looks, cases, rounds).Print(options.Json);
        }
    }
}
