using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Briefs;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Interactions;
using CustomerContext.Grains.Ledger;
using CustomerContext.Grains.Serving;
using CustomerContext.Grains.Ties;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace CustomerContext.Grains.Customers;

/// <summary>Keeps one customer's context and ledger together and calls the domain; the rules are all there.</summary>
/// <remarks>
/// Reentrant: every method is one synchronous step between awaits. State is written by <see cref="DurableState{T}"/> alone, consent and records by
/// <see cref="LedgerSession"/> alone, so steps of different calls may come between without harm, and a lookup never waits for a write of state.
/// In a cluster it is placed where it is asked for first: clients ask the same silo for the same customer, so a look costs no hop.
/// </remarks>
[Reentrant]
[PreferLocalPlacement]
internal sealed partial class CustomerGrain : Grain, ICustomerGrain, IServingGrain<ServedCustomer>, IWaitsForNews
{
    private readonly DurableState<CustomerState> _context;
    private readonly TiesKeeper _ties;
    private readonly TiesTools _tools;
    private readonly ILedger _ledger;
    private readonly RecordKeeping _records;
    private readonly IStorePace _pace;
    private readonly IEntropy _entropy;
    private readonly FailureReport _failures;
    private readonly CustomerMetrics _metrics;
    private readonly LedgerMetrics _ledgerMetrics;
    private readonly IAnswerTimes _answerTimes;
    private readonly IRosters _rosters;
    private readonly IAnswerSizes _answerSizes;
    private readonly TimeProvider _time;
    private readonly NewsWait _waits;
    private readonly SnapshotCache _snapshots = new();
    private readonly WatchList _watches;
    private readonly ChangeSignal _waitingChanges = new();
    private LedgerSession _session = null!;
    private CustomerKey _customer;

    /// <summary>The signals that came last: what is known as soon as they are durable, and when they arrived.</summary>
    private (long Version, long Arrived) _latestSignals;

    public CustomerGrain(
        [PersistentState(StoreNames.Context, StoreNames.Store)] IPersistentState<CustomerState> slot,
        [PersistentState(StoreNames.Ties, StoreNames.Store)] IPersistentState<TiesState> ties,
        ILedger ledger,
        RecordKeeping records,
        IStorePace pace,
        IEntropy entropy,
        TiesTools tools,
        InteractionKeys interactions,
        IAnswerTimes answerTimes,
        IRosters rosters,
        IAnswerSizes answerSizes,
        ServedCustomers served,
        WorkIds workIds,
        INewsSender news,
        ILookMailSender mails,
        FailureReport failures,
        CustomerMetrics metrics,
        LedgerMetrics ledgerMetrics,
        TimeProvider time,
        NewsWait waits)
    {
        _context = new DurableState<CustomerState>(slot, CustomerState.Empty);
        _tools = tools;
        _interactions = interactions;
        _answerTimes = answerTimes;
        _rosters = rosters;
        _answerSizes = answerSizes;
        _servedHere = served;
        _workIds = workIds;
        _news = news;
        _mails = mails;
        _tenantWrites = new TenantWrites(time);
        _ties = new TiesKeeper(ties, this, GrainFactory, tools.Secret, failures, time);
        _ledger = ledger;
        _records = records;
        _pace = pace;
        _entropy = entropy;
        _failures = failures;
        _metrics = metrics;
        _ledgerMetrics = ledgerMetrics;
        _time = time;
        _waits = waits;
        _newsEnd = CancellationTokenSource.CreateLinkedTokenSource(waits.Leaving);
        _watches = new WatchList(time);
        _closing = new RepeatedWork(this, "recording the end of a watch", RecordClosed, failures);
        _mailing = new RepeatedWork(this, "mailing a customer about looks", MailLooks, failures);
        _tellingContacts = new RepeatedWork(this, "telling a list of contacts", TellLists, failures);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _customer = new CustomerKey(this.GetPrimaryKeyString());
        _context.Begin();
        _session = new LedgerSession(_customer, _ledger, _entropy, _ledgerMetrics) { ConsentChanged = OnConsentChanged, Settle = NoteWithdrawals };
        Served = new ServedCustomer(_customer, _session, _context, _ties, _tools.Releases, _answerTimes, _time);
        _ties.Begin(_customer, () => (_session.Latest, _context.Visible));
        return Task.CompletedTask;
    }

    public async Task<Outcome<LookAnswer>> Look(LookRequest request)
    {
        var arrived = _time.GetTimestamp();
        await _context.Ready();
        if (await Repeated(request) is { } repeated)
        {
            return repeated;
        }

        var (asked, tribes) = (request, await Tribes(request.Read));
        request = await Joined(request with { Unreachable = tribes.Unreachable });
        var named = request.History is null ? await Named(request.Read) : [];
        var kind = request.History is null ? DisclosureKind.LookUp : DisclosureKind.History;
        var look = await Jointly<LookAnswer>(request, kind, null, (consent, partner) =>
        {
            var now = _time.GetUtcNow();
            if (_time.GetElapsedTime(arrived) >= request.Within)
            {
                return new(new Refusal(RefusalReason.Unavailable), consent);
            }

            var decided = UnreachableRules.Without(Decide(consent, request.Read, partner, now), request.Unreachable);
            if (decided.Value is not { } decision)
            {
                return new(decided.Refusal!, consent);
            }

            var around = new Around(tribes, named);
            var (answer, shown) = _answerSizes.Fitted(request, Answer(request.Read.Tenant, decision, consent, partner, around, now, request.History), decision);
            var touched = AiReaderRules.Counted(CallRules.Touch(consent, request.Read, request.Actor, decision, now), request.Read, decision, now);
            var record = DisclosureRecord.Of(kind, request.Read, request.Actor, shown, now);
            if (ReferenceEquals(touched, consent) && !request.Read.MayBegin)
            {
                Remember(asked, consent, decision, answer, around, record);
            }

            return new(answer, touched, record.ToBytes());
        });
        return look is { Result.Value: { } answer, Entry: { } entry } ? answer with { Record = entry.Hash } : Counted(look.Result, request.Read.Tenant);
    }

    public async Task<ImmutableArray<Refusal?>> Publish(ImmutableArray<ScoredSignal> signals)
    {
        var arrived = _time.GetTimestamp();
        await GetConsent();
        await _context.Ready();
        await _ties.Ready();

        // As known now: meanwhile a source may have lost its consent, and what it sent been removed. Consent that must be read again keeps nothing and drops nothing.
        var consent = _session.Latest ?? throw new LedgerUnavailableException("The ledger has to be read again.");
        var (known, knownTies) = (CustomerRules.OnlyCollected(_context.Pending, consent.Preferences), _ties.Pending);
        var (state, ties) = (known, knownTies);
        var refusals = ImmutableArray.CreateBuilder<Refusal?>(signals.Length);
        var now = _time.GetUtcNow();
        foreach (var signal in signals)
        {
            // A source that may not collect gets the same answer as one that may, and nothing is kept.
            if (!KeepRules.Keeps(consent, known, knownTies, signal.Signal, now))
            {
                refusals.Add(null);
                continue;
            }

            var around = _ties.Take(ties, signal.Signal);
            ties = around.Value ?? ties;
            if (TiesRules.IsAllAbout(signal.Signal))
            {
                refusals.Add(DoorRules.Told(around.Refusal, consent, signal.Signal.Source, now));
                continue;
            }

            var applied = CustomerRules.Apply(_customer, state, signal, consent.HasConnected(signal.Signal.Source));
            state = applied.Value?.State ?? state;
            refusals.Add(DoorRules.Told(applied.Refusal, consent, signal.Signal.Source, now));
        }

        _latestSignals = (state.Taken + ties.Taken, arrived);

        // Each counts a signal once by itself, so one that is sent again after only one of them was stored is counted by the other.
        var isKept = !ReferenceEquals(state, _context.Pending) || !ReferenceEquals(ties, _ties.Pending);
        await Task.WhenAll(_context.Save(state), _ties.SaveUndecided(ties), isKept ? Task.CompletedTask : _pace.WriteNothing());
        await TellQueues(WorkSenders(consent, signals));
        await _ties.Refresh();
        await BeReminded();
        _watches.WakeAll();
        _waitingChanges.Raise();
        TidySoon();
        if (consent.Merge is { } merge)
        {
            await GrainFactory.GetGrain<ICustomerGrain>(merge.Customer.Value).PartnerLearnt();
        }

        return refusals.MoveToImmutable();
    }

    private Outcome<ReadDecision> Decide(ConsentState consent, ReadRequest read, Partner partner, DateTimeOffset now)
    {
        var own = ReadRules.Decide(consent, read, Talk(consent, read, now).Or(partner.Answer?.Talk ?? TalkTimes.None), now);
        return partner.Answer is { } other ? MergeRules.Both(own, other.Decision) : own;
    }

    private LookAnswer Answer(TenantId? reader, ReadDecision decision, ConsentState consent, Partner partner, Around around, DateTimeOffset now, HistoryWindow? history = null)
    {
        // What a source sent that may not collect any more is gone at once, whether or not the state has been rewritten yet.
        var own = CustomerRules.OnlyCollected(_context.Visible, consent.Preferences);
        var state = partner.Answer is { } other ? MergedContext.Of(own, other.Context) : own;
        ImmutableArray<ShownPart> parts = [.. decision.Slices.Select(slice => PartOf(slice, state, reader, around, now))];
        var absent = reader is { } tenant ? AbsenceRules.ForCompany(parts, tenant) : AbsenceRules.ForCustomer(parts, state, _ties.Visible);
        return new LookAnswer(
            _customer,
            parts,
            absent,
            BriefRules.Of(new ShownContext(reader, parts, absent, consent.Preferences.CallMe), parts[0].Snapshot.AsOf),
            decision.Withheld,
            decision.Grants,
            state.Taken + _ties.Visible.Taken,
            default)
        {
            History = history is { } window ? MoodHistory.Of(parts, state, _ties.ShownAt(now), around.Tribes.Views, around.Tribes.Audience, window) : null,
        };
    }

    private ShownPart PartOf(GrantedSlice slice, CustomerState state, TenantId? reader, Around around, DateTimeOffset now)
    {
        var snapshot = _snapshots.Get(state, slice, now);
        return new ShownPart(
            slice.Facets,
            slice.View,
            snapshot,
            GroupsOf(slice, snapshot, around.Tribes, now),
            slice.Facets.Contains(Facet.Attention) ? WaitingOf(slice, state, reader, snapshot.AsOf) : null,
            NamedIn(slice, state, around.Named, now));
    }

    private ImmutableArray<AttentionItem> WaitingOf(GrantedSlice slice, CustomerState state, TenantId? reader, DateTimeOffset at)
    {
        var waiting = AttentionView.Of(state, slice.View, reader, _answerTimes, at);
        return reader is { } tenant ? [.. waiting.Select(item => item.IsWork && item.Source.Tenant == tenant ? WorkOf(tenant, item) : item)] : waiting;
    }

    /// <summary>The same as work of the reader's: who could answer, and, but for linked logins, which have no work, where it is in the queue.</summary>
    private AttentionItem WorkOf(TenantId tenant, AttentionItem item)
    {
        var answered = item with { CouldAnswer = _rosters.RosterOf(tenant).For(item.Topics) };
        return _session.Latest?.Merge is null ? answered with { WorkId = _workIds.Of(tenant, _customer, item) } : answered;
    }

    /// <summary>Until when the customer is talking with the tenant, by what signals, they themselves or its program say.</summary>
    private TalkTimes Talk(ConsentState consent, ReadRequest read, DateTimeOffset now) => read.Tenant is { } tenant
        ? OpenConversations.Of(CustomerRules.OnlyCollected(_context.Visible, consent.Preferences), tenant, now).Or(new TalkTimes(CallRules.Talk(consent, tenant, read.Interaction, now)))
        : TalkTimes.None;

    private void OnConsentChanged(ConsentState consent)
    {
        Served.Clear();
        RecheckWatches(consent);
        _waitingChanges.Raise();
    }
}
