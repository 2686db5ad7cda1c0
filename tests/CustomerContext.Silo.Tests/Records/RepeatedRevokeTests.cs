using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Silo.Tests.Background;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Silo.Tests.Watches;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.Silo.Tests.Records;

/// <summary>A revoke, or whatever else takes something back, that broke off behind its append does the rest when it is repeated, though consent does not change any more.</summary>
public sealed class RepeatedRevokeTests : IAsyncLifetime, IDisposable
{
    private static readonly CustomerKey _one = new($"{1:x32}");
    private static readonly CustomerKey _other = new($"{2:x32}");

    private readonly TempFolder _data = new();
    private readonly Hiccup _journal = new();
    private readonly Hiccup _partner = new();
    private readonly FailingLedger _ledger = new();
    private readonly List<Withdrawal> _noted = [];
    private GroupSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path, new FakeTime(), services =>
        {
            var journal = services.Last(service => service.ServiceType == typeof(IWithdrawalJournal));
            services.AddSingleton<IWithdrawalJournal>(provider => new Journal((IWithdrawalJournal)journal.ImplementationFactory!(provider), _journal, _noted));
            services.AddSingleton<IIncomingGrainCallFilter>(new PartnerFilter(_partner));
            _ledger.Wrap(services);
        });
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task RevokeGrant_TheJournalFailsOnce_TheRepeatNotesIt()
    {
        var grant = await Watched.Make(_silo, _one);
        _journal.Next();
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Revoke(grant));
        Assert.Empty(_noted);

        Assert.Null((await Revoke(grant)).Refusal);

        Assert.Equal(grant, Assert.Single(_noted.Distinct()).Grant);
    }

    [Fact]
    public async Task RevokeGrant_TheJournalFailsAndTheSiloRestarts_TheRepeatNotesIt()
    {
        var grant = await Watched.Make(_silo, _one);
        _journal.Next();
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Revoke(grant));
        await _silo.DisposeAsync();
        await InitializeAsync();
        Assert.Empty(_noted);

        Assert.Null((await Revoke(grant)).Refusal);

        Assert.Equal(grant, Assert.Single(_noted).Grant);
    }

    [Fact]
    public async Task RevokeGrant_TheLinkedCustomerFailsOnce_TheRepeatEndsTheirWatch()
    {
        var grant = await Watched.Make(_silo, _one);
        await Watched.Make(_silo, _other);
        Assert.Null(await _silo.Customer(_one).AcceptMerge(new Merge(_other, "key", _silo.Time.GetUtcNow())));
        Assert.Null(await _silo.Customer(_other).AcceptMerge(new Merge(_one, "key", _silo.Time.GetUtcNow())));
        var watch = await Watched.Open(_silo.Customer(_other));
        Assert.NotNull((await _silo.Customer(_other).NextStep(watch)).Frame);
        var rest = _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Watches.Heartbeat);
        var step = _silo.Customer(_other).NextStep(watch);
        await rest;
        _partner.Next();
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Revoke(grant));
        Assert.False(step.IsCompleted);

        Assert.Null((await Revoke(grant)).Refusal);

        Assert.Equal(WatchEnd.Narrowed, (await step).End);
    }

    [Fact]
    public async Task RevokeGrant_AppendedButTheAnswerIsLost_TheRepeatEndsTheWatchAndNotesIt()
    {
        var grant = await Watched.Make(_silo, _one);
        var watch = await Watched.Open(_silo.Customer(_one));
        Assert.NotNull((await _silo.Customer(_one).NextStep(watch)).Frame);
        var rest = _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Watches.Heartbeat);
        var step = _silo.Customer(_one).NextStep(watch);
        await rest;
        _ledger.Fail(1, landsAll: true);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Revoke(grant));

        Assert.Null((await Revoke(grant)).Refusal);

        Assert.Equal(WatchEnd.Revoked, (await step.WaitAsync(TimeSpan.FromSeconds(20))).End);
        Assert.Equal(grant, Assert.Single(_noted.Distinct()).Grant);
    }

    [Fact]
    public async Task SetPreferences_TheJournalFailsAndTheSiloRestarts_TheRepeatNotesIt()
    {
        await Watched.Make(_silo, _one);
        await TheRepeatNotes(WithdrawalKind.Preferences, customer => customer.SetPreferences(new SetPreferences("less", Preferences.Off)));
    }

    [Fact]
    public async Task UpdateGrant_NarrowedTheJournalFailsAndTheSiloRestarts_TheRepeatNotesIt()
    {
        var grant = await Watched.Make(_silo, _one);
        var less = Watched.Terms(FacetSet.Of(Facet.TopOfMind));
        await TheRepeatNotes(WithdrawalKind.Grant, customer => customer.UpdateGrant(new UpdateGrant("less", grant, less)));
    }

    private async Task TheRepeatNotes(WithdrawalKind kind, Func<ICustomerGrain, Task<Outcome<ConsentView>>> takesBack)
    {
        _journal.Next();
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => takesBack(_silo.Customer(_one)));
        await _silo.DisposeAsync();
        await InitializeAsync();
        Assert.Empty(_noted);

        Assert.Null((await takesBack(_silo.Customer(_one))).Refusal);

        Assert.Equal(kind, Assert.Single(_noted).Kind);
    }

    private Task<Outcome<ConsentView>> Revoke(GrantId grant) => _silo.Customer(_one).RevokeGrant(new RevokeGrant("r", grant));

    /// <summary>Something that fails once, when a test says so.</summary>
    private sealed class Hiccup
    {
        private int _failing;

        public void Next() => Volatile.Write(ref _failing, 1);

        public void Pass()
        {
            if (Interlocked.Exchange(ref _failing, 0) == 1)
            {
                throw new LedgerUnavailableException("a test said so");
            }
        }
    }

    private sealed class Journal(IWithdrawalJournal inner, Hiccup hiccup, List<Withdrawal> noted) : IWithdrawalJournal
    {
        public async Task NoteAsync(CustomerKey customer, long epoch, ImmutableArray<Withdrawal> withdrawals)
        {
            hiccup.Pass();
            await inner.NoteAsync(customer, epoch, withdrawals);
            noted.AddRange(withdrawals);
        }

        public Task NoteErasedAsync(CustomerKey customer) => inner.NoteErasedAsync(customer);
    }

    private sealed class PartnerFilter(Hiccup hiccup) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName == nameof(ICustomerGrain.PartnerChanged))
            {
                hiccup.Pass();
            }

            return context.Invoke();
        }
    }
}
