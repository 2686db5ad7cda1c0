using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Redis;
using CustomerContext.Storage.Tests.Conformance;
using CustomerContext.Testing;
using Orleans;
using Orleans.Storage;

namespace CustomerContext.Storage.Tests.Redis;

internal sealed class RedisUnderTest : IStoreUnderTest
{
    private readonly RedisServer _server;
    private readonly TempFolder _folder = new();
    private readonly TimeSpan _ledgerDeadline;
    private RedisSilo _silo = null!;

    private RedisUnderTest(RedisServer server, TimeSpan ledgerDeadline) => (_server, _ledgerDeadline) = (server, ledgerDeadline);

    public ILedger Ledger => _silo.Ledger;

    public IGrainStorage Grains => _silo.Grains;

    public IReminderTable Reminders => _silo.Reminders;

    public IServiceProvider Services => _silo.Services;

    /// <summary>The deadline is generous, because the machine may be busy, unless the test is about deadlines.</summary>
    public static async Task<IStoreUnderTest> OpenAsync(TimeSpan? ledgerDeadline = null)
    {
        var server = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        var store = new RedisUnderTest(server, ledgerDeadline ?? TimeSpan.FromSeconds(30));
        await store.Open();
        return store;
    }

    public async Task RestartAsync()
    {
        await _server.Kill();
        await _silo.DisposeAsync();
        await _server.StartAgain();
        await Open();
    }

    public async Task<IAsyncDisposable> StallAsync()
    {
        await _server.Halt();
        return new Halted(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task Open() => _silo = await RedisSilo.StartAsync(
        new RedisStoreOptions { Access = new RedisAccess { Servers = [_server.EndPoint] }, DataDirectory = _folder.Path, LedgerDeadline = _ledgerDeadline });

    private sealed class Halted(RedisServer server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await server.Continue();
    }
}
