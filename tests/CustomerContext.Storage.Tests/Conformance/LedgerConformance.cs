using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage.Tests.Conformance;

/// <summary>What every ledger must do, whichever the store.</summary>
public abstract class LedgerConformance : IAsyncLifetime
{
    private IStoreUnderTest _store = null!;

    protected abstract Task<IStoreUnderTest> OpenAsync(TimeSpan ledgerDeadline);

    private ILedger Ledger => _store.Ledger;

    public async Task InitializeAsync() => _store = await OpenAsync(TimeSpan.FromSeconds(30));

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task ReadAsync_UnknownCustomer_Absent()
    {
        Assert.Null(await Ledger.ReadAsync(Given.NewCustomer()));
        Assert.Empty(await Ledger.ListAsync(Given.NewCustomer(), long.MaxValue, 10));
    }

    [Fact]
    public async Task AppendAsync_NewLedger_ReadBackAsWritten()
    {
        var customer = Given.NewCustomer();
        var terms = new GrantTerms([new Purpose("service.support")], FacetSet.All, SourceScope.Of([], [new SourceId("acme/crm")]), null, null, GrantWhen.ThisCallOnly, "call-1");
        var consent = ConsentRules.CreateGrant(Given.Consent(1), customer, new CreateGrant("r1", new TenantId("acme"), terms), DateTimeOffset.UnixEpoch).Value!.State;
        var entries = Given.Entries(ChainHead.Empty, 2, 3);

        Assert.Equal(AppendOutcome.Applied, await Ledger.AppendAsync(customer, null, consent, entries));

        var state = (await Ledger.ReadAsync(customer))!;
        Assert.Equal(new LedgerVersion(2, 3), state.Version);
        Assert.Equal(entries[2].Head, state.Head);
        Assert.Equal(consent.Grants[0].Id, state.Consent.Grants[0].Id);
        Assert.Equal(consent.RecentRequests.ToArray(), state.Consent.RecentRequests.ToArray());
        Assert.Null(Chain.Verify(ChainHead.Empty, (await Ledger.ListAsync(customer, long.MaxValue, 10)).Reverse(), entries[2].Head));
    }

    [Fact]
    public async Task AppendAsync_EntriesAlone_ConsentStays()
    {
        var customer = Given.NewCustomer();
        await Ledger.Append(customer, 1, newEpoch: 5);

        var state = await Ledger.Append(customer, 2);

        Assert.Equal(new LedgerVersion(5, 3), state.Version);
        Assert.True(state.Consent.Preferences.OfAge);
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 1)]
    public async Task AppendAsync_OtherVersion_ConflictAndNothingChanged(long epoch, long sequence)
    {
        var customer = Given.NewCustomer();
        var before = await Ledger.Append(customer, 2, newEpoch: 5);

        var entries = Given.Entries(new ChainHead(sequence, Digest.Zero), 7, 2);
        Assert.Equal(AppendOutcome.Conflict, await Ledger.AppendAsync(customer, new LedgerVersion(epoch, sequence), Given.Consent(7), entries));

        var after = (await Ledger.ReadAsync(customer))!;
        Assert.Equal((before.Version, before.Head), (after.Version, after.Head));
        Assert.Equal(2, (await Ledger.ListAsync(customer, long.MaxValue, 10)).Length);
    }

    [Fact]
    public async Task AppendAsync_NewLedgerIsThereAlready_Conflict()
    {
        var old = Given.NewCustomer();
        await Ledger.Append(old, 1);

        Assert.Equal(AppendOutcome.Conflict, await Ledger.AppendAsync(old, null, Given.Consent(1), Given.Entries(ChainHead.Empty, 1, 1)));
        Assert.Equal(1, (await Ledger.ReadAsync(old))!.Head.Sequence);
    }

    [Fact]
    public async Task AppendAsync_WhatDoesNotFollow_Throws()
    {
        var customer = Given.NewCustomer();
        var version = new LedgerVersion(1, 1);
        var (next, gap) = (Given.Entries(new ChainHead(1, Digest.Zero), 1, 1), Given.Entries(new ChainHead(2, Digest.Zero), 1, 1));

        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.AppendAsync(customer, version, null, []));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.AppendAsync(customer, version, null, gap));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.AppendAsync(customer, version, Given.Consent(1), next));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.AppendAsync(customer, null, null, Given.Entries(ChainHead.Empty, 1, 1)));
    }

    [Fact]
    public async Task AppendAsync_ManyAtOnceFromOneVersion_OneWins()
    {
        var customer = Given.NewCustomer();
        var state = await Ledger.Append(customer, 1);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            Ledger.AppendAsync(customer, state.Version, null, Given.Entries(state.Head, 1, 1, $"writer {number}"))));

        Assert.Single(outcomes, AppendOutcome.Applied);
        Assert.Equal(2, (await Ledger.ReadAsync(customer))!.Head.Sequence);
    }

    [Fact]
    public async Task AppendAsync_ManyWritersWhoRetry_ChainWithoutAGap()
    {
        var customer = Given.NewCustomer();
        await Ledger.Append(customer, 1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var done = 0; done < 10;)
            {
                var state = (await Ledger.ReadAsync(customer))!;
                var entries = Given.Entries(state.Head, state.Consent.Epoch, 2, $"writer {writer}");
                done += await Ledger.AppendAsync(customer, state.Version, null, entries) == AppendOutcome.Applied ? 1 : 0;
            }
        }));

        var chain = await Ledger.ListAsync(customer, long.MaxValue, 1000);
        Assert.Equal(1 + (8 * 10 * 2), chain.Length);
        Assert.Null(Chain.Verify(ChainHead.Empty, chain.Reverse(), (await Ledger.ReadAsync(customer))!.Head));
    }

    [Fact]
    public async Task AppendAsync_ManyCustomersAtOnce_EachHasTheirOwn()
    {
        var customers = Enumerable.Range(0, 200).Select(_ => Given.NewCustomer()).ToArray();

        await Task.WhenAll(customers.Select((customer, index) => Ledger.Append(customer, 1 + (index % 3))));

        for (var index = 0; index < customers.Length; index++)
        {
            Assert.Equal(1 + (index % 3), (await Ledger.ReadAsync(customers[index]))!.Head.Sequence);
        }
    }

    [Fact]
    public async Task ListAsync_PageByPage_NewestFirstWithoutGapOrRepeat()
    {
        var customer = Given.NewCustomer();
        await Ledger.Append(customer, 25);

        var (before, seen) = (long.MaxValue, new List<long>());
        while (await Ledger.ListAsync(customer, before, 10) is { IsEmpty: false } page)
        {
            Assert.True(page.Length <= 10);
            seen.AddRange(page.Select(entry => entry.Sequence));
            before = page[^1].Sequence;
        }

        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(number => (long)number), seen);
        Assert.Equal([2L, 1L], (await Ledger.ListAsync(customer, 3, 10)).Select(entry => entry.Sequence));
        Assert.Empty(await Ledger.ListAsync(customer, 1, 10));
    }

    [Fact]
    public async Task ListAsync_AtTheLimitAndOnePast_LastThrows()
    {
        var customer = Given.NewCustomer();
        await Ledger.Append(customer, Limits.Storage.ListedEntries);
        await Ledger.Append(customer, 1);

        Assert.Equal(Limits.Storage.ListedEntries, (await Ledger.ListAsync(customer, long.MaxValue, Limits.Storage.ListedEntries)).Length);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ledger.ListAsync(customer, long.MaxValue, Limits.Storage.ListedEntries + 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ledger.ListAsync(customer, long.MaxValue, 0));
    }

    [Fact]
    public async Task AppendAsync_StoreRestarted_EverythingIsThere()
    {
        var customer = Given.NewCustomer();
        var before = await Ledger.Append(customer, 3, newEpoch: 4);

        await _store.RestartAsync();

        var after = (await Ledger.ReadAsync(customer))!;
        Assert.Equal((before.Version, before.Head), (after.Version, after.Head));
        Assert.Equal(4, (await Ledger.Append(customer, 1)).Head.Sequence);
    }

    [Fact]
    public async Task AppendAsync_StoreStalls_UnavailableAndWholeAfterwards()
    {
        await using var store = await OpenAsync(TimeSpan.FromMilliseconds(700));
        var customer = Given.NewCustomer();
        var state = await store.Ledger.Append(customer, 1);

        await using (await store.StallAsync())
        {
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.Ledger.AppendAsync(customer, state.Version, null, Given.Entries(state.Head, 1, 1)));
        }

        // The unknown append may have landed, may not have, or may do so yet; either way the chain is whole and goes on.
        await store.Ledger.Append(customer, 1);
        var chain = await store.Ledger.ListAsync(customer, long.MaxValue, 10);
        Assert.InRange(chain.Length, 2, 3);
        Assert.Null(Chain.Verify(ChainHead.Empty, chain.Reverse()));
    }
}
