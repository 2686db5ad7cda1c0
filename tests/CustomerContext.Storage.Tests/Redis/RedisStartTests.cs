using CustomerContext.Domain.Consents;
using CustomerContext.Storage.Redis;
using CustomerContext.Storage.Tests.Conformance;
using CustomerContext.Testing;

namespace CustomerContext.Storage.Tests.Redis;

/// <summary>Which Redis the silo starts with, and what it says of one that it does not.</summary>
public sealed class RedisStartTests : IDisposable
{
    private static readonly string[] Durable = ["--appendonly", "yes", "--appendfsync", "always"];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(StoreDurability.EveryWrite, "always")]
    [InlineData(StoreDurability.EverySecond, "everysec")]
    public async Task Start_AppendOnlyFile_SaysWhatIsKept(StoreDurability expected, string appendfsync)
    {
        await using var server = await RedisServer.Start("--appendonly", "yes", "--appendfsync", appendfsync);
        await using var silo = await RedisSilo.StartAsync(Options(server));

        Assert.Equal((expected, null), (silo.Status.Durability, silo.Status.Trouble));
    }

    [Fact]
    public async Task Start_ServerDoesNotTell_UnknownAndAllowed()
    {
        await using var server = await RedisServer.Start([.. Durable, "--rename-command", "CONFIG", ""]);
        await using var silo = await RedisSilo.StartAsync(Options(server));

        Assert.Equal(StoreDurability.Unknown, silo.Status.Durability);
    }

    [Theory]
    [InlineData("appendonly no", "--appendonly", "no")]
    [InlineData("appendfsync no", "--appendonly", "yes", "--appendfsync", "no")]
    [InlineData("maxmemory-policy allkeys-lru", "--appendonly", "yes", "--maxmemory-policy", "allkeys-lru")]
    public async Task Start_MayLoseWhatItAcknowledged_RefusedUnlessAccepted(string named, params string[] flags)
    {
        await using var server = await RedisServer.Start(flags);

        Assert.Contains(named, await Refusal(Options(server)), StringComparison.Ordinal);
        await using var silo = await RedisSilo.StartAsync(Options(server) with { AcceptLoss = true });
        Assert.Equal(StoreDurability.AcceptedLoss, silo.Status.Durability);
    }

    [Fact]
    public async Task Start_NoServer_Refused()
    {
        var server = await RedisServer.Start();
        await server.DisposeAsync();

        Assert.Contains("cannot be reached", await Refusal(Options(server)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StoreWasEmptied_RefusedUntilAccepted()
    {
        await using var server = await RedisServer.Start(Durable);
        await using (await RedisSilo.StartAsync(Options(server)))
        {
            await server.Cli("FLUSHALL");
        }

        Assert.Contains("was emptied", await Refusal(Options(server)), StringComparison.Ordinal);
        await (await RedisSilo.StartAsync(Options(server) with { AcceptStore = true })).DisposeAsync();
        await using var silo = await RedisSilo.StartAsync(Options(server));
        Assert.Null(silo.Status.Trouble);
    }

    [Fact]
    public async Task Start_AnotherStore_RefusedUntilAccepted()
    {
        await using var server = await RedisServer.Start(Durable);
        await using var other = await RedisServer.Start(Durable);
        await (await RedisSilo.StartAsync(Options(server))).DisposeAsync();
        await (await RedisSilo.StartAsync(Options(other) with { DataDirectory = _folder.File("other") })).DisposeAsync();

        Assert.Contains("another Redis", await Refusal(Options(other)), StringComparison.Ordinal);
        await using var silo = await RedisSilo.StartAsync(Options(other) with { AcceptStore = true });
        Assert.Null(silo.Status.Trouble);
    }

    [Theory]
    [InlineData("00112233445566778899aabbccddeeff", "an older version")]
    [InlineData("v1000-00112233445566778899aabbccddeeff", "a newer version")]
    public async Task Start_AnotherFormat_RefusedUntouchedWithWhatToDo(string name, string what)
    {
        await using var server = await RedisServer.Start(Durable);
        await server.Cli("SET", "customercontext/store", name);

        var refusal = await Refusal(Options(server));
        Assert.Contains(what, refusal, StringComparison.Ordinal);
        Assert.Contains("Start the version that wrote it, or begin anew", refusal, StringComparison.Ordinal);
        Assert.Equal(name, await server.Cli("GET", "customercontext/store"));
    }

    [Fact]
    public async Task Start_SecondSiloOfAStore_SameStore()
    {
        await using var server = await RedisServer.Start(Durable);
        await using var first = await RedisSilo.StartAsync(Options(server));
        await using var second = await RedisSilo.StartAsync(Options(server) with { DataDirectory = _folder.File("second") });
        var customer = Given.NewCustomer();

        await first.Ledger.AppendAsync(customer, null, Given.Consent(1), Given.Entries(ChainHead.Empty, 1, 1));
        Assert.NotNull(await second.Ledger.ReadAsync(customer));
    }

    private static async Task<string> Refusal(RedisStoreOptions options) =>
        (await Assert.ThrowsAsync<StorageStartException>(() => RedisSilo.StartAsync(options))).Message;

    private RedisStoreOptions Options(RedisServer server) =>
        new() { Access = new RedisAccess { Servers = [server.EndPoint] }, DataDirectory = _folder.File("data"), LedgerDeadline = TimeSpan.FromSeconds(30) };
}
