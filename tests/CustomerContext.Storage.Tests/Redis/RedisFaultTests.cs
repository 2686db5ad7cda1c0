using System.Diagnostics;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Redis;
using CustomerContext.Storage.Tests.Conformance;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Storage.Tests.Redis;

/// <summary>
/// Redis slow, read-only, restarted, restarted empty, or losing only the reply of a write: unavailable, never a wrong answer, and well again by
/// itself where that is safe.
/// </summary>
public sealed class RedisFaultTests : IAsyncLifetime, IDisposable
{
    /// <summary>Longer than a busy machine may keep a call that goes well; what is to fail here fails at once, but for the stalls.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(30);
    private readonly TempFolder _folder = new();
    private RedisServer _server = null!;
    private FaultyProxy _proxy = null!;
    private RedisSilo _silo = null!;

    private ILedger Ledger => _silo.Ledger;

    public async Task InitializeAsync()
    {
        _server = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        _proxy = new FaultyProxy(_server.Port);
        _silo = await RedisSilo.StartAsync(new RedisStoreOptions
        {
            Access = new RedisAccess { Servers = [_proxy.EndPoint] },
            DataDirectory = _folder.Path,
            LedgerDeadline = Deadline,
            GrainStorageDeadline = Deadline,
        });
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _proxy.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AppendAsync_OnlyTheReplyIsLost_UnavailableAndFoundDoneOnRereading()
    {
        var customer = Given.NewCustomer();
        var state = await Eventually(() => Ledger.Append(customer, 1));
        var entries = Given.Entries(state.Head, 1, 1);

        _proxy.DropReplies();
        await Unavailable(() => Ledger.AppendAsync(customer, state.Version, null, entries));
        _proxy.Heal();

        var after = (await Eventually(() => Ledger.ReadAsync(customer)))!;
        Assert.Equal(entries[0].Head, after.Head);
        Assert.Equal(AppendOutcome.Conflict, await Ledger.AppendAsync(customer, state.Version, null, entries));
    }

    [Fact]
    public async Task AnyCall_ConnectionStalls_UnavailableWithinTheDeadlineAndWellAfterwards()
    {
        var customer = Given.NewCustomer();
        var state = await Eventually(() => Ledger.Append(customer, 1));

        _proxy.Stall();
        var clock = Stopwatch.StartNew();
        await Unavailable(() => Ledger.ReadAsync(customer));
        Assert.InRange(clock.Elapsed, Deadline / 2, Deadline + TimeSpan.FromSeconds(5));
        _proxy.Heal();

        Assert.Equal(state.Head, (await Eventually(() => Ledger.ReadAsync(customer)))!.Head);
    }

    [Fact]
    public async Task AnyCall_ServerGoneAndBack_UnavailableThenEverythingIsThere()
    {
        var customer = Given.NewCustomer();
        var state = await Eventually(() => Ledger.Append(customer, 1, newEpoch: 3));

        await _server.Kill();
        await Unavailable(() => Ledger.AppendAsync(customer, state.Version, null, Given.Entries(state.Head, 3, 1)));
        Assert.NotNull(_silo.Status.Trouble);
        await _server.StartAgain();

        var after = (await Eventually(() => Ledger.ReadAsync(customer)))!;
        Assert.Equal((state.Version, state.Head), (after.Version, after.Head));
        Assert.Null(_silo.Status.Trouble);
    }

    [Fact]
    public async Task AnyCall_ServerBackEmpty_UnavailableThoughItGetsItsNameBack()
    {
        var (customer, grain) = (Given.NewCustomer(), GrainId.Create("sample", "1"));
        var state = await Eventually(() => Ledger.Append(customer, 1, newEpoch: 3));
        var live = new GrainState<CustomerState>(CustomerState.Empty with { Newest = 1 });
        await _silo.Grains.WriteStateAsync("slot", grain, live);
        var name = await _server.Cli("GET", "customercontext/store");

        await _server.Cli("FLUSHALL");
        await Unavailable(() => Ledger.ReadAsync(customer));
        await Unavailable(() => Ledger.AppendAsync(customer, state.Version, null, Given.Entries(state.Head, 3, 1)));
        await Unavailable(() => Ledger.AppendAsync(Given.NewCustomer(), null, Given.Consent(1), Given.Entries(ChainHead.Empty, 1, 1)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _silo.Grains.ReadStateAsync("slot", grain, new GrainState<CustomerState>()));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _silo.Grains.WriteStateAsync("slot", GrainId.Create("sample", "2"), new GrainState<CustomerState>(CustomerState.Empty)));
        Assert.Contains("was emptied", _silo.Status.Trouble, StringComparison.Ordinal);

        await _server.Cli("SET", "customercontext/store", name);
        await Unavailable(() => Ledger.ReadAsync(customer));
        Assert.Contains("went back", _silo.Status.Trouble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnyCall_ServerHasLessThanWasSeen_UnavailableUntilStartedAnew(bool isSeenByHealth)
    {
        var customer = Given.NewCustomer();
        await Eventually(() => Ledger.Append(customer, 1));
        await KeepOrBringBack(customer, "kept", "");
        var state = await Ledger.Append(customer, 1);
        var health = _silo.Services.GetRequiredService<StoreProbe>();
        Assert.Null(await health.Trouble());

        await KeepOrBringBack(customer, "", "kept");
        if (isSeenByHealth)
        {
            while (await health.Trouble() is null)
            {
                await Task.Yield(); // What it saw last it tells for a moment.
            }
        }
        else
        {
            await Unavailable(() => Ledger.AppendAsync(customer, state.Version, null, Given.Entries(state.Head, 1, 1)));
        }

        await Unavailable(() => Ledger.ReadAsync(customer));
        await Unavailable(() => Ledger.Append(Given.NewCustomer(), 1));
        Assert.Contains("went back", _silo.Status.Trouble, StringComparison.Ordinal);
        await using var anew = await RedisSilo.StartAsync(new RedisStoreOptions { Access = new RedisAccess { Servers = [_proxy.EndPoint] }, DataDirectory = _folder.Path, LedgerDeadline = Deadline });
        Assert.Equal(1, (await Eventually(() => anew.Ledger.ReadAsync(customer)))!.Head.Sequence);
    }

    [Fact]
    public async Task AppendAsync_ServerReadOnly_UnavailableAndWellAfterwards()
    {
        var customer = Given.NewCustomer();
        var state = await Eventually(() => Ledger.Append(customer, 1));

        await _server.Cli("CONFIG", "SET", "min-replicas-to-write", "1");
        await Unavailable(() => Ledger.AppendAsync(customer, state.Version, null, Given.Entries(state.Head, 1, 1)));
        await _server.Cli("CONFIG", "SET", "min-replicas-to-write", "0");

        Assert.Equal(2, (await Eventually(() => Ledger.Append(customer, 1))).Head.Sequence);
    }

    [Fact]
    public async Task AnyCall_ScriptsForgotten_WellByItself()
    {
        var customer = Given.NewCustomer();
        await Eventually(() => Ledger.Append(customer, 1));

        await _server.Cli("SCRIPT", "FLUSH");

        Assert.Equal(2, (await Eventually(() => Ledger.Append(customer, 1))).Head.Sequence);
    }

    [Fact]
    public async Task WriteStateAsync_OnlyTheReplyIsLost_UnknownAndTheStateInMemoryUntouched()
    {
        var grain = GrainId.Create("sample", "1");
        var state = new GrainState<CustomerState>(CustomerState.Empty with { Newest = 1 });
        await _silo.Grains.WriteStateAsync("slot", grain, state);
        var etag = state.ETag;
        state.State = CustomerState.Empty with { Newest = 2 };

        _proxy.DropReplies();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _silo.Grains.WriteStateAsync("slot", grain, state));
        Assert.Equal(etag, state.ETag);
        _proxy.Heal();

        await Eventually(async () =>
        {
            await _silo.Grains.ReadStateAsync("slot", grain, state);
            return state;
        });
        Assert.Equal(2, state.State.Newest);
        Assert.NotEqual(etag, state.ETag);
    }

    /// <summary>Keeps what the server has of a customer beside it, or brings it back, as a failover that lost the rest would: nobody loses the connection.</summary>
    private async Task KeepOrBringBack(CustomerKey customer, string to, string from)
    {
        var key = RedisLedger.KeyOf(customer);
        foreach (var one in (string[])[key, $"{key}/entries", "customercontext/beat"])
        {
            await _server.Cli("COPY", one + from, one + to, "REPLACE");
        }
    }

    private static Task<LedgerUnavailableException> Unavailable<T>(Func<Task<T>> call) => Assert.ThrowsAsync<LedgerUnavailableException>(call);

    /// <summary>What a caller does after "unavailable": ask again. Every attempt takes until its answer, so nothing is polled in between.</summary>
    private static async Task<T> Eventually<T>(Func<Task<T>> call)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (error is LedgerUnavailableException or StoreUnavailableException && clock.Elapsed < TooLong)
            {
                await Task.Yield();
            }
        }
    }
}
