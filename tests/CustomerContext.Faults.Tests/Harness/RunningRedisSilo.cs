using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>One silo on a Redis of its own for all tests of a class.</summary>
public sealed class RunningRedisSilo : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private RedisServer _redis = null!;
    private SiloProcess _silo = null!;

    internal SiloClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        _silo = await SiloProcess.Start(_data.Path, "--redis", _redis.EndPoint);
        Client = new SiloClient(_silo);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _silo.DisposeAsync();
        await _redis.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();
}
