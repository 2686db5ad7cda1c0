using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Serving;

namespace CustomerContext.Benchmarks.Town;

/// <summary>A server on one store, connections to it, and customers who said yes and have a past: what most benchmarks begin with.</summary>
internal sealed class ServedTown : IAsyncDisposable
{
    private const int DefaultCustomers = 2_000;

    private ServedTown(ServerProcess server, BenchmarkOptions options)
    {
        Server = server;
        Connections = new Connections(server.Address);
        Customers = new Customers(Connections, new Tokens(server.DataFolder));
        Count = options.Customers ?? DefaultCustomers;
    }

    /// <summary>The server.</summary>
    public ServerProcess Server { get; }

    /// <summary>Connections to its gRPC door.</summary>
    public Connections Connections { get; }

    /// <summary>The customers, numbered from 0.</summary>
    public Customers Customers { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Starts the server and makes the customers.</summary>
    /// <param name="store">Where the silo keeps everything.</param>
    /// <param name="options">What the command line says.</param>
    /// <param name="isProfiled">True if the server names its compiled methods for perf.</param>
    public static async Task<ServedTown> Start(Store store, BenchmarkOptions options, bool isProfiled = false)
    {
        var town = new ServedTown(await ServerProcess.Start(store, options.Fsync, isProfiled), options);
        var now = TimeProvider.System.GetUtcNow();
        await town.Customers.Make(0, town.Count, customer => Signals.Past(customer, now));
        return town;
    }

    public async ValueTask DisposeAsync()
    {
        Connections.Dispose();
        await Server.DisposeAsync();
    }
}
