using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Serving;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace CustomerContext.Grains.Identities;

/// <summary>Keeps whose identifier this is; the rules are <see cref="IdentityRules"/>.</summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes. Placed as the customer is: where it is asked for first.</remarks>
[Reentrant]
[PreferLocalPlacement]
internal sealed class IdentityGrain(
    [PersistentState(StoreNames.Identity, StoreNames.Store)] IPersistentState<IdentityState> slot,
    ServedIdentities servedHere,
    TimeProvider time) : Grain, IIdentityGrain, IServingGrain<ServedIdentity>
{
    private readonly DurableState<IdentityState> _state = new(slot, IdentityState.Empty);
    private IGrainTimer? _leaving;

    public ServedIdentity? Served { get; private set; }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        Served = new ServedIdentity(this.GetPrimaryKeyString(), _state, time);
        return Task.CompletedTask;
    }

    public async ValueTask<IdentityState> Get()
    {
        await _state.Ready();
        servedHere.Add(Served!);
        if (_leaving is not null)
        {
            Served!.Asked();
        }
        else if (_state.Visible.Holders.IsEmpty)
        {
            // Nobody's need not stay in memory: whoever asks about people by the million would fill it. What is asked for again and again stays, as half of what each look asks for does: to come
            // back it has to be registered at a silo that may be the one that was lost.
            Served!.WasAsked();
            LeaveSoon();
        }

        return _state.Visible;
    }

    public async Task<Outcome<CustomerKey>> Claim(CustomerKey newcomer)
    {
        await _state.Ready();
        if (_state.Pending.Holders.IsEmpty)
        {
            await _state.Save(IdentityRules.Link(_state.Pending, newcomer, verified: true));
        }

        await _state.Settled();
        return IdentityRules.Resolve(_state.Visible) is { } owner ? owner : new Refusal(RefusalReason.ConsentRequired);
    }

    public Task Link(CustomerKey customer, bool verified) => Change(state => IdentityRules.Link(state, customer, verified));

    public Task Unlink(CustomerKey customer) => Change(state => IdentityRules.Unlink(state, customer));

    public Task TakeOver(IdentityState older) => Change(state => IdentityRules.TakeOver(state, older));

    private void LeaveSoon() => _leaving ??= this.RegisterGrainTimer(
        _ => Leave(), new GrainTimerCreationOptions(Limits.Records.RefusedWrite, Timeout.InfiniteTimeSpan) { Interleave = true });

    private Task Leave()
    {
        _leaving?.Dispose();
        _leaving = null;
        if (Served!.WasAsked())
        {
            LeaveSoon();
        }
        else if (_state.Visible.Holders.IsEmpty && ReferenceEquals(_state.Visible, _state.Pending))
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    private async Task Change(Func<IdentityState, IdentityState> rule)
    {
        await _state.Ready();
        var next = rule(_state.Pending);

        // Nobody's is kept as nothing.
        await _state.Save(next is { IsCrowded: false, Holders.IsEmpty: true } ? IdentityState.Empty : next);
    }
}
