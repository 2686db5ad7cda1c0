using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Grains.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Storage.Tests.Conformance;

/// <summary>What every store must do to keep records, and to stop keeping them.</summary>
public abstract class RecordsConformance : IAsyncLifetime
{
    private const int Today = 20_000;

    private static readonly TenantId _acme = new("acme");
    private static readonly TenantId _globex = new("globex");

    private IStoreUnderTest _store = null!;

    protected abstract Task<IStoreUnderTest> OpenAsync();

    private ILedger Ledger => _store.Ledger;

    private IRefusedLooks Refused => _store.Services.GetRequiredService<IRefusedLooks>();

    private IHousekeepingTimes Times => _store.Services.GetRequiredService<IHousekeepingTimes>();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task EraseAsync_SomeEntries_PersonalPartGoneAndChainWhole()
    {
        var customer = Given.NewCustomer();
        var state = await Ledger.Append(customer, 5);
        var entries = await Chain(customer);

        await Ledger.EraseAsync(customer, [.. entries.Skip(1).Take(2).Select(entry => entry.Erased())]);

        var left = await Chain(customer);
        Assert.Equal([false, true, true, false, false], left.Select(entry => entry.IsErased));
        Assert.Null(Domain.Consents.Chain.Verify(ChainHead.Empty, left, state.Head));
        await Ledger.EraseAsync(customer, [.. entries.Select(entry => entry.Erased())]);
        Assert.All(await Chain(customer), entry => Assert.True(entry.IsErased));
    }

    [Fact]
    public async Task PruneAsync_ToACheckpoint_OlderEntriesGoneAndChainGoesOn()
    {
        var customer = Given.NewCustomer();
        await Ledger.Append(customer, 6);
        var entries = await Chain(customer);
        var checkpoint = new Checkpoint(entries[3].Head, DateTimeOffset.UnixEpoch.AddDays(1), "signature");

        await Ledger.PruneAsync(customer, checkpoint);
        await Ledger.PruneAsync(customer, checkpoint with { Head = entries[1].Head, Signature = "older" });
        var state = await Ledger.Append(customer, 2);

        Assert.Equal(checkpoint, state.Checkpoint);
        var left = await Chain(customer);
        Assert.Equal([5L, 6L, 7L, 8L], left.Select(entry => entry.Sequence));
        Assert.Null(Domain.Consents.Chain.Verify(checkpoint.Head, left, state.Head));
        Assert.Equal([6L], (await Ledger.ListAsync(customer, 7, 1)).Select(entry => entry.Sequence));
        await Ledger.EraseAsync(customer, [.. entries.Skip(2).Select(entry => entry.Erased())]);
        Assert.Equal([true, true, false, false], (await Chain(customer)).Select(entry => entry.IsErased));
    }

    [Fact]
    public async Task PruneAsync_Again_FromWhereItWasCut()
    {
        var customer = Given.NewCustomer();
        await Ledger.Append(customer, 6);
        var entries = await Chain(customer);

        await Ledger.PruneAsync(customer, new Checkpoint(entries[1].Head, DateTimeOffset.UnixEpoch, "first"));
        await Ledger.PruneAsync(customer, new Checkpoint(entries[4].Head, DateTimeOffset.UnixEpoch, "second"));

        Assert.Equal(entries[4].Head, (await Ledger.ReadAsync(customer))!.Checkpoint!.Head);
        Assert.Equal([6L], (await Chain(customer)).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task RefusedLooks_AddedTwice_SummedAndOldDaysDropped()
    {
        var customer = Given.NewCustomer();

        await Refused.AddAsync(customer, [new RefusedDay(_acme, Today - 90, 5), new RefusedDay(_acme, Today, 1)], Today - 95);
        await Refused.AddAsync(customer, [new RefusedDay(_acme, Today, 2), new RefusedDay(_globex, Today - 1, 4)], Today - 89);

        RefusedDay[] expected = [new RefusedDay(_acme, Today, 3), new RefusedDay(_globex, Today - 1, 4)];
        Assert.Equal(expected, (await Refused.ListAsync(customer)).ToArray());
        Assert.Empty(await Refused.ListAsync(Given.NewCustomer()));
        await Refused.ForgetAsync(customer);
        Assert.Empty(await Refused.ListAsync(customer));
    }

    [Fact]
    public async Task KeepingTimes_OfSeveral_DueOnesLongestFirst()
    {
        var (one, two, three) = (Given.NewCustomer(), Given.NewCustomer(), Given.NewCustomer());
        var now = DateTimeOffset.UnixEpoch.AddDays(Today);

        await Times.SetAsync(one, now);
        await Times.SetAsync(two, now.AddDays(-1));
        await Times.SetAsync(three, now.AddMilliseconds(1));

        Assert.Equal([two, one], (await Times.ListDueAsync(now, 10)).ToArray());
        Assert.Equal([two], (await Times.ListDueAsync(now, 1)).ToArray());
        await Times.SetAsync(two, now.AddDays(1));
        await Times.RemoveAsync(one);
        await Times.RemoveAsync(one);
        Assert.Empty(await Times.ListDueAsync(now, 10));
        await Times.RemoveAsync(two);
        await Times.RemoveAsync(three);
    }

    [Fact]
    public async Task Notes_WrittenTwice_LastOneStaysAcrossARestart()
    {
        await Notes().WriteAsync("a", "one");
        await Notes().WriteAsync("a", "two");
        await _store.RestartAsync();

        Assert.Equal("two", await Notes().ReadAsync("a"));
        Assert.Null(await Notes().ReadAsync("b"));
    }

    [Fact]
    public async Task KeyCheck_NewStore_SavesTheKeyAndTakesNoOtherAfterwards()
    {
        var saved = 0;
        DeploymentKeys Keys(bool isNew, params string[] fingerprints) => new("identity.key", [.. fingerprints], isNew, () => ++saved > 0);
        Task Check(DeploymentKeys keys) => new KeyCheck(Notes(), keys).RunAsync();

        await Check(Keys(isNew: true, "aa"));
        Assert.Equal(1, saved);
        await _store.RestartAsync();

        var lost = await Assert.ThrowsAsync<StorageStartException>(() => Check(Keys(isNew: true, "bb")));
        Assert.Contains("identity.key is missing, and the store was filled with the key aa", lost.Message, StringComparison.Ordinal);
        var another = await Assert.ThrowsAsync<StorageStartException>(() => Check(Keys(isNew: false, "bb")));
        Assert.Contains("holds the key bb, and the store was filled with aa", another.Message, StringComparison.Ordinal);
        await Check(Keys(isNew: false, "aa", "bb"));
        var dropped = await Assert.ThrowsAsync<StorageStartException>(() => Check(Keys(isNew: false, "aa")));
        Assert.Contains("holds the key aa, and the store was filled with aa, bb", dropped.Message, StringComparison.Ordinal);
        Assert.Equal(1, saved);
    }

    [Fact]
    public async Task KeyCheck_TwoSilosAtTheSameMoment_OneKeyWinsAndTheOtherSiloIsRefused()
    {
        Task Check(string key, Func<bool> save) => new KeyCheck(Notes(), new DeploymentKeys("identity.key", [key], IsNew: true, save)).RunAsync();

        // One folder: the file of the other one was there first.
        var sharing = await Assert.ThrowsAsync<StorageStartException>(() => Check("aa", () => false));
        Assert.Contains("Start this one again", sharing.Message, StringComparison.Ordinal);

        // A folder each: the other one tells the store between this one's look at it and its own word.
        var late = await Assert.ThrowsAsync<StorageStartException>(() => Check("cc", () =>
        {
            Task.Run(() => Check("bb", () => true)).GetAwaiter().GetResult();
            return true;
        }));
        Assert.Contains("with the key bb", late.Message, StringComparison.Ordinal);
        Assert.Equal("bb", await Notes().ReadAsync("identity-key"));
    }

    [Fact]
    public async Task ScrubAsync_ManyAtOnce_AllReturn()
    {
        await Ledger.Append(Given.NewCustomer(), 3);
        var scrub = _store.Services.GetRequiredService<IStoreScrub>();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scrub.ScrubAsync()));

        await Ledger.Append(Given.NewCustomer(), 1);
    }

    private IStoreNotes Notes() => _store.Services.GetRequiredService<IStoreNotes>();

    private async Task<LedgerEntry[]> Chain(CustomerKey customer) => [.. (await Ledger.ListAsync(customer, long.MaxValue, 100)).Reverse()];
}
