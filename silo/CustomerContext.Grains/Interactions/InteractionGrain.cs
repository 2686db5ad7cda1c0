using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Joins;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Interactions;

/// <summary>Keeps one interaction; the rules are <see cref="InteractionRules"/>.</summary>
/// <remarks>
/// Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes. A reminder, which is there before the interaction is, ends it when its time is over and finishes
/// an end that was cut off.
/// </remarks>
[Reentrant]
internal sealed class InteractionGrain(
    [PersistentState(StoreNames.Interaction, StoreNames.Store)] IPersistentState<Interaction> slot,
    TimeProvider time) : Grain, IInteractionGrain, IRemindable
{
    private const string Reminder = "end";

    private static readonly TimeSpan _again = TimeSpan.FromMinutes(1);

    private readonly DurableState<Interaction> _state = new(slot, Interaction.None);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        return Task.CompletedTask;
    }

    public async ValueTask<Interaction> Get()
    {
        await _state.Ready();
        return _state.Visible;
    }

    public async Task<Outcome<Interaction>> Begin(TenantActor by, CustomerKey customer)
    {
        var added = await Add(by, customer);
        if (added.Value is { } open)
        {
            await Customer(customer).BeginCall(by, open.BegunAt);
        }

        return added;
    }

    public Task<Outcome<Interaction>> Add(TenantActor by, CustomerKey customer) => Open((state, now) => InteractionRules.Add(state, by, customer, now));

    public Task<Outcome<Interaction>> AddJoin(TenantActor by, string join) => Open((state, now) => InteractionRules.AddJoin(state, by, join, now));

    public Task<Outcome<Interaction>> Adopt(TenantActor by, Interaction old) => Open((state, now) => InteractionRules.Adopt(state, old, by, now));

    public async Task<Outcome<Interaction>> Continue(TenantActor by, string next)
    {
        await _state.Ready();
        var old = _state.Pending;
        if (!old.IsOpen(time.GetUtcNow()) || !await MayContinue(old, by))
        {
            return new Refusal(RefusalReason.NotFound, Rule: "No such open interaction, or somebody else looked last.");
        }

        var adopted = await GrainFactory.GetGrain<IInteractionGrain>(next).Adopt(by, old);
        if (!adopted.IsOk)
        {
            return adopted;
        }

        foreach (var join in old.Joins)
        {
            await GrainFactory.GetGrain<IJoinGrain>(join).Continue(old.Id, by);
        }

        // Who said yes before the request knew that it goes on is in the old one by now; whoever is later finds that in the request.
        var customers = old.Customers.Union(_state.Pending.Customers).ToImmutableArray();
        if (customers.Length > old.Customers.Length)
        {
            adopted = await GrainFactory.GetGrain<IInteractionGrain>(next).Adopt(by, old with { Customers = customers });
            if (!adopted.IsOk)
            {
                return adopted;
            }
        }

        foreach (var customer in customers)
        {
            if (await Customer(customer).ContinueCall(old.Id, by) is { } refused)
            {
                return refused;
            }
        }

        return adopted;
    }

    public async Task End(TenantActor by)
    {
        await _state.Ready();
        if (_state.Pending.IsOpen(time.GetUtcNow()))
        {
            // The reminder first: an end that is cut off goes on within a minute.
            await this.Remind(Reminder, _again, _again);
            await _state.Ready();
        }

        await _state.Save(InteractionRules.End(_state.Pending, by, time.GetUtcNow()));
        await Finish(by);
    }

    public async Task Forget(CustomerKey customer)
    {
        await _state.Ready();
        await _state.Save(InteractionRules.Without(_state.Pending, customer));
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _state.Ready();
        var state = _state.Pending;
        if (state.Id.Length == 0)
        {
            await this.RemindNoMore(Reminder);
            return;
        }

        var now = time.GetUtcNow();
        if (state.IsOver(now))
        {
            await End(new TenantActor(state.Tenant, ActorRole.Service, state.LastActor, state.Id));
            return;
        }

        // An end that did not even begin leaves the interaction open until its time is over.
        await this.Remind(Reminder, state.Until - now, _again);
    }

    private async Task<Outcome<Interaction>> Open(Func<Interaction, DateTimeOffset, Outcome<Interaction>> rule)
    {
        await _state.Ready();
        if (!_state.Pending.Exists)
        {
            await this.Remind(Reminder, Domain.Limits.Calls.Longest, _again);
            await _state.Ready();
        }

        var next = rule(_state.Pending, time.GetUtcNow());
        if (next.Value is not { } open)
        {
            return next;
        }

        await _state.Save(open);
        return open;
    }

    /// <summary>Everybody in it is told; only then is it forgotten who was.</summary>
    private async Task Finish(TenantActor by)
    {
        var ended = _state.Visible;
        await Task.WhenAll(ended.Joins.Select(join => GrainFactory.GetGrain<IJoinGrain>(join).Lapse(ended.Tenant, ended.Id)));
        await Task.WhenAll(ended.Customers.Select(customer => Customer(customer).EndCall(by)));
        await _state.Save(InteractionRules.Settled(_state.Pending));
        await this.RemindNoMore(Reminder);
    }

    private async Task<bool> MayContinue(Interaction old, TenantActor by)
    {
        if (old.LastActor == by.Actor)
        {
            return true;
        }

        var last = await Task.WhenAll(old.Customers.Select(customer => Customer(customer).LastActor(old.Tenant, old.Id)));
        return last.Contains(by.Actor);
    }

    private ICustomerGrain Customer(CustomerKey customer) => GrainFactory.GetGrain<ICustomerGrain>(customer.Value);
}
