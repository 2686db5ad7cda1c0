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
internal sealed class JoinGrain : Grain, IJoinGrain, IRemindable
{
    private const string Reminder = "join";

    /// <summary>How soon a delivery that was cut off goes on, and the least time between two reminders.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromMinutes(1);

    private readonly DurableState<JoinState> _state;
    private readonly IJoinMessenger _messenger;
    private readonly InteractionKeys _interactions;
    private readonly TimeProvider _time;
    private readonly RepeatedWork _delivery;
    private readonly RepeatedWork _settling;
    private readonly ChangeSignal _changes = new();

    public JoinGrain(
        [PersistentState(StoreNames.Join, StoreNames.Store)] IPersistentState<JoinState> slot,
        IJoinMessenger messenger,
        InteractionKeys interactions,
        FailureReport failures,
        TimeProvider time)
    {
        _state = new DurableState<JoinState>(slot, JoinState.Empty);
        _messenger = messenger;
        _interactions = interactions;
        _time = time;
        _delivery = new RepeatedWork(this, "asking a person for consent", Deliver, failures);
        _settling = new RepeatedWork(this, "settling a yes", Settle, failures);
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

            var consent = await Kept(claim.Customer, claim.RequestId, join);
            (CustomerKey, ConsentState)? partner = null;
            if (consent.Merge is { } merge && await Kept(merge.Customer, claim.RequestId, join) is var other && other.Merge?.Customer == claim.Customer)
            {
                partner = (merge.Customer, other);
            }

            // If the interaction has gone on meanwhile, the yes follows it first.
            await _state.Ready();
            if (_state.Pending.Join?.ByNow == by)
            {
                await _state.Save(JoinRules.Settle(_state.Pending, consent, partner));
                _changes.Raise();
                return;
            }
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
            try
            {
                await change.WaitAsync(end > TimeSpan.Zero && end < rest ? end : rest, _time, left);
            }
            catch (TimeoutException)
            {
                // It has lapsed, or it is time to say that nothing has changed.
            }
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
    /// The ledger of who said yes, with all that came beside the yes. If that was kept under an earlier id of the interaction, the call of that id goes on under the present one before the tenant is
    /// told, so that the tenant's next look is answered. It stays one call, whatever the yes allows: what hangs on it ends with its last id.
    /// </summary>
    private async Task<ConsentState> Kept(CustomerKey customer, string requestId, Join join)
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
            return consent;
        }

        foreach (var earlier in join.EarlierIds.Where(id => CallRules.Find(consent, by.Tenant, id, now) is not null))
        {
            await ledger.ContinueCall(earlier, by);
            if ((await InteractionOf(by.Tenant, earlier).Get()).IsOver(now))
            {
                // It ended before the ledger knew of it.
                await ledger.EndCall(by with { Interaction = earlier });
            }
        }

        await ledger.BeginCall(by, going.Value.BegunAt);
        return consent;
    }

    /// <summary>A yes may come into the ledger behind the end of its call: it ends with the call, also under the id under which it was kept.</summary>
    private async Task EndFor(JoinClaim claim, Join join)
    {
        var (ledger, by) = (CustomerOf(claim.Customer), join.ByNow);
        await ledger.EndCall(by);
        var (consent, now) = (await ledger.GetConsent(), _time.GetUtcNow());
        var given = consent.Find(GrantId.For(claim.Customer, claim.RequestId))?.Interaction;
        foreach (var earlier in join.EarlierIds.Where(id => CallRules.Find(consent, by.Tenant, id, now) is not null))
        {
            if (earlier == given || (await InteractionOf(by.Tenant, earlier).Get()).IsOver(now))
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
