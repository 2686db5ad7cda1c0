using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Interactions;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Joins;

/// <summary>
/// Keeps one request for consent; the rules are <see cref="JoinRules"/>. The tenant's call returns when the request is durable: whether there is a customer's page or an address to ask is
/// looked at after that, so the time of the answer tells nothing.
/// </summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes. A reminder finishes what was cut off, and forgets what is over.</remarks>
[Reentrant]
internal sealed class JoinGrain : Grain, IJoinGrain, IRemindable, IWaitsForNews
{
    private const string Reminder = "join";
    private const string Settling = "settling a yes";

    /// <summary>How soon a delivery that was cut off goes on, and the least time between two reminders.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromMinutes(1);

    private readonly DurableState<JoinState> _state;
    private readonly IJoinMessenger _messenger;
    private readonly InteractionKeys _interactions;
    private readonly FailureReport _failures;
    private readonly TimeProvider _time;
    private readonly NewsWait _news;
    private readonly RepeatedWork _delivery;
    private readonly RepeatedWork _settling;
    private readonly ChangeSignal _changes = new();

    public JoinGrain(
        [PersistentState(StoreNames.Join, StoreNames.Store)] IPersistentState<JoinState> slot,
        IJoinMessenger messenger,
        InteractionKeys interactions,
        FailureReport failures,
        TimeProvider time,
        NewsWait news)
    {
        _state = new DurableState<JoinState>(slot, JoinState.Empty);
        _messenger = messenger;
        _interactions = interactions;
        _failures = failures;
        _time = time;
        _news = news;
        _delivery = new RepeatedWork(this, "asking a person for consent", Deliver, failures);
        _settling = new RepeatedWork(this, Settling, Settle, failures);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        if (_state.Visible.Join is { Claim: not null, Granted: null })
        {
            _settling.Soon();
        }

        return Task.CompletedTask;
    }

    public async Task<Outcome<Join>> Ask(Join join, StopProof? stop)
    {
        await _state.Ready();
        if (_state.Pending.Join is null)
        {
            // The reminder first: what is kept is forgotten in time, whatever happens in between.
            await this.Remind(Reminder, _soon, _soon);
            await _state.Ready();
        }

        var asked = JoinRules.Ask(_state.Pending, join, stop);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        await _state.Save(asked.Value);
        if (asked.Value.Join is { IsDelivered: false })
        {
            _delivery.Soon();
        }

        return asked.Value.Join!;
    }

    public async Task<Join?> Open(Digest? proof)
    {
        await _state.Ready();
        return Known(JoinRules.Open(_state.Visible, proof, _time.GetUtcNow()));
    }

    public async Task<JoinAnswer> Answer(AnswerJoin answer)
    {
        await _state.Ready();
        if (_state.Pending.Join is { Claim: null })
        {
            // The reminder first: a yes that is cut off before the tenant is told is told soon.
            await this.Remind(Reminder, _soon, _soon);
            await _state.Ready();
        }

        var step = JoinRules.Answer(_state.Pending, answer, _time.GetUtcNow());
        await _state.Save(step.State);
        Known(step.State.Join);
        return new JoinAnswer(step.Join, step.TriesLeft, step.Refusal);
    }

    public async Task Settle()
    {
        await _state.Ready();
        while (_state.Pending.Join is { Claim: { } claim, Granted: null } join)
        {
            var by = join.ByNow;
            if (join.HasLapsed)
            {
                await EndFor(claim, join);
                return;
            }

            var kept = await Kept(claim.Customer, claim.RequestId, join);
            var refusal = kept.Refusal;
            (CustomerKey, ConsentState)? partner = null;
            if (kept.Value?.Merge is { } merge)
            {
                var other = await Kept(merge.Customer, claim.RequestId, join);
                refusal = other.Refusal;
                partner = other.Value?.Merge?.Customer == claim.Customer ? (merge.Customer, other.Value) : null;
            }

            if (refusal?.Reason == RefusalReason.InteractionOver)
            {
                // The interaction tells every request in it that it is over. This one knows it already.
                await Lapse(by.Tenant, by.Interaction!);
            }

            await _state.Ready();
            if (_state.Pending.Join is not { HasLapsed: false } now || now.ByNow != by)
            {
                // If the interaction has gone on meanwhile, the yes follows it first; if it has ended, the yes ends with it.
                continue;
            }

            if (refusal is not null)
            {
                // A look would be refused, so the tenant is not told of a yes. The reminder tries again.
                _failures.Note(Settling, new InvalidOperationException($"{refusal.Reason}: {refusal.Rule}"));
                return;
            }

            await _state.Save(JoinRules.Settle(_state.Pending, kept.Value!, partner));
            _changes.Raise();
            return;
        }

        await _state.Settled();
    }

    public async Task Lapse(TenantId tenant, string interaction)
    {
        await _state.Ready();
        await _state.Save(JoinRules.Lapse(_state.Pending, tenant, interaction));
        _changes.Raise();
    }

    public async Task Continue(string interaction, TenantActor by)
    {
        await _state.Ready();
        await _state.Save(JoinRules.Continue(_state.Pending, interaction, by));
    }

    public async Task<Join?> Get()
    {
        await _state.Ready();
        return Known(_state.Visible.Join);
    }

    public async Task<SeenJoin?> Next(JoinStanding known, CancellationToken left)
    {
        var asked = _time.GetTimestamp();
        while (true)
        {
            await _state.Ready();
            var change = _changes.Next;
            if (_state.Visible.Join is not { } join)
            {
                return null;
            }

            var now = _time.GetUtcNow();
            var rest = Limits.Watches.Heartbeat - _time.GetElapsedTime(asked);
            if (join.StandingAt(now) is var standing && (standing != known || rest <= TimeSpan.Zero))
            {
                return new SeenJoin(join, standing);
            }

            var end = join.Until - now;
            await _news.Until(this, change, end > TimeSpan.Zero && end < rest ? end : rest, left);
        }
    }

    public async Task<string?> AddressOf(Digest proof)
    {
        await _state.Ready();
        return JoinRules.AddressOf(_state.Visible, proof);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _state.Ready();
        await _delivery.Run();
        await _settling.Run();
        await _state.Ready();
        await _state.Save(JoinRules.Prune(_state.Pending, _time.GetUtcNow()));
        if (JoinRules.NextPrune(_state.Visible) is not { } next)
        {
            await this.RemindNoMore(Reminder);
            return;
        }

        // While something is left to do it comes again within a minute.
        if (_state.Visible.Join is not { } join || (join.IsDelivered && (join.Claim is null || join.Granted is not null)))
        {
            var due = next - _time.GetUtcNow();
            due = due > _soon ? due : _soon;
            await this.Remind(Reminder, due, due);
        }
    }

    /// <summary>Asks the customer's open page, the device and the address. A request that is over is not delivered any more.</summary>
    private async Task Deliver()
    {
        await _state.Ready();
        if (_state.Visible.Join is not { IsDelivered: false } join)
        {
            return;
        }

        if (!join.IsOver(_time.GetUtcNow()))
        {
            var key = this.GetPrimaryKeyString();
            var waiting = join.Asked is { } customer ? await CustomerOf(customer).RequestConsent(new RequestConsent(key, join.By, join.Terms, join.Until)) : default;
            await _messenger.Deliver(key, join, waiting.Value?.Request);
        }

        await _state.Ready();
        await _state.Save(JoinRules.Delivered(_state.Pending));
    }

    /// <summary>
    /// The ledger of who said yes, with all that came beside the yes. If that was kept under an earlier id of the interaction, the call of that id goes on under every later id that is open before
    /// the tenant is told, so that the tenant's next look in any of them is answered. It stays one call, whatever the yes allows: what hangs on it ends with its last id. Refused if the
    /// interaction has ended meanwhile, or has no room.
    /// </summary>
    private async Task<Outcome<ConsentState>> Kept(CustomerKey customer, string requestId, Join join)
    {
        var (ledger, by) = (CustomerOf(customer), join.ByNow);
        var consent = await ledger.FinishEnrolment();
        var now = _time.GetUtcNow();
        if (join.ContinuedIn.IsEmpty || consent.Find(GrantId.For(customer, requestId)) is not { } grant || grant.HasEnded(now))
        {
            return consent;
        }

        // The interaction first: it alone knows whether it has ended.
        var going = await InteractionOf(by.Tenant, by.Interaction!).Add(by, customer);
        if (!going.IsOk)
        {
            return going.Refusal;
        }

        var known = join.EarlierIds.Where(id => CallRules.Find(consent, by.Tenant, id, now) is not null).ToArray();
        if (known is [var oldest, ..])
        {
            foreach (var later in join.EarlierIds.SkipWhile(id => id != oldest).Skip(1).Append(by.Interaction!))
            {
                // An earlier id may have ended by now; the call goes on without it.
                if (await GoOn(customer, oldest, by with { Interaction = later }) is { } refused && (refused.Reason != RefusalReason.InteractionOver || later == by.Interaction))
                {
                    return refused;
                }
            }
        }

        foreach (var earlier in known)
        {
            if ((await InteractionOf(by.Tenant, earlier).Get()).IsOver(now))
            {
                // It ended before the ledger knew of it.
                await ledger.EndCall(by with { Interaction = earlier });
            }
        }

        await ledger.BeginCall(by, going.Value.BegunAt);
        return consent;
    }

    /// <summary>The call under <paramref name="old"/> goes on under the interaction of <paramref name="by"/>, which knows of the customer first: it tells them when it ends.</summary>
    private async Task<Refusal?> GoOn(CustomerKey customer, string old, TenantActor by)
    {
        var added = await InteractionOf(by.Tenant, by.Interaction!).Add(by, customer);
        return added.IsOk ? await CustomerOf(customer).ContinueCall(old, by) : added.Refusal;
    }

    /// <summary>A yes may come into the ledger behind the end of its call: it ends with the call, also under the id under which it was kept and those under which that went on.</summary>
    private async Task EndFor(JoinClaim claim, Join join)
    {
        var (ledger, by) = (CustomerOf(claim.Customer), join.ByNow);
        await ledger.EndCall(by);
        var (consent, now) = (await ledger.GetConsent(), _time.GetUtcNow());
        var given = consent.Find(GrantId.For(claim.Customer, claim.RequestId))?.Interaction;
        var opened = join.EarlierIds.SkipWhile(id => id != given).ToArray();
        foreach (var earlier in join.EarlierIds.Where(id => CallRules.Find(consent, by.Tenant, id, now) is not null))
        {
            if (opened.Contains(earlier) || (await InteractionOf(by.Tenant, earlier).Get()).IsOver(now))
            {
                await ledger.EndCall(by with { Interaction = earlier });
            }
        }
    }

    /// <summary>A grain that stands for nothing, because somebody guessed, leaves memory at once.</summary>
    private Join? Known(Join? join)
    {
        if (ReferenceEquals(_state.Pending, JoinState.Empty))
        {
            DeactivateOnIdle();
        }

        return join;
    }

    private IInteractionGrain InteractionOf(TenantId tenant, string id) => GrainFactory.GetGrain<IInteractionGrain>(_interactions.Of(tenant, id));

    private ICustomerGrain CustomerOf(CustomerKey customer) => GrainFactory.GetGrain<ICustomerGrain>(customer.Value);
}
