using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>One silo on SQLite for all tests of a class, with one customer who granted acme everything and globex nothing.</summary>
public sealed class RunningSilo : IAsyncLifetime, IDisposable
{
    /// <summary>Who granted.</summary>
    public const string Email = "known@example.org";

    private readonly TempFolder _data = new();

    internal SiloProcess Silo { get; private set; } = null!;

    internal SiloClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Silo = await SiloProcess.Start(_data.Path);
        Client = new SiloClient(Silo);
        await Client.MakeCustomer(Email, "acme");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Silo.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();
}
