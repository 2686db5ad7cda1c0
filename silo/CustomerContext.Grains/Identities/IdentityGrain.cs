using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Identities;

/// <summary>Keeps whose identifier this is; the rules are <see cref="IdentityRules"/>.</summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes.</remarks>
[Reentrant]
internal sealed class IdentityGrain(
    [PersistentState(StoreNames.Identity, StoreNames.Store)] IPersistentState<IdentityState> slot) : Grain, IIdentityGrain
{
    private readonly DurableState<IdentityState> _state = new(slot, IdentityState.Empty);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        return Task.CompletedTask;
    }

    public async ValueTask<CustomerKey?> Resolve()
    {
        await _state.Ready();
        return IdentityRules.Resolve(_state.Visible);
    }

    public async Task<Outcome<CustomerKey>> Claim(CustomerKey newcomer)
    {
        await _state.Ready();
        if (_state.Pending.Holders.IsEmpty && IdentityRules.Link(_state.Pending, newcomer, verified: true) is { IsOk: true, Value: var next })
        {
            await _state.Save(next);
        }

        await _state.Settled();
        return IdentityRules.Resolve(_state.Visible) is { } owner ? owner : new Refusal(RefusalReason.ConsentRequired);
    }

    public async Task<Refusal?> Link(CustomerKey customer, bool verified)
    {
        await _state.Ready();
        var linked = IdentityRules.Link(_state.Pending, customer, verified);
        if (!linked.IsOk)
        {
            return linked.Refusal;
        }

        await _state.Save(linked.Value);
        return null;
    }

    public async Task Unlink(CustomerKey customer)
    {
        await _state.Ready();
        var left = IdentityRules.Unlink(_state.Pending, customer);

        // Nobody's is kept as nothing.
        await _state.Save(left.Holders.IsEmpty ? IdentityState.Empty : left);
    }
}
