using CustomerContext.Domain.Common;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Ties;

/// <summary>Keeps whose code it is; the rules are <see cref="FriendCodeRules"/>.</summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes.</remarks>
[Reentrant]
internal sealed class FriendCodeGrain(
    [PersistentState(StoreNames.FriendCode, StoreNames.Store)] IPersistentState<FriendCodeState> slot, TimeProvider time) : Grain, IFriendCodeGrain
{
    private readonly DurableState<FriendCodeState> _state = new(slot, FriendCodeState.Nobodys);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        return Task.CompletedTask;
    }

    public async Task<bool> Offer(CustomerKey owner, DateTimeOffset until) =>
        await Change(state => FriendCodeRules.Offer(state, owner, until, time.GetUtcNow()));

    public async Task<CustomerKey?> Use(CustomerKey by) => await Change(state => FriendCodeRules.Use(state, by, time.GetUtcNow())) ? _state.Visible.Owner : null;

    public async Task Forget(CustomerKey owner) => await Change(state => state.Owner == owner ? FriendCodeState.Nobodys : null);

    /// <summary>False, and nothing is written, if the rule says nothing.</summary>
    private async Task<bool> Change(Func<FriendCodeState, FriendCodeState?> rule)
    {
        await _state.Ready();
        if (rule(_state.Pending) is not { } next)
        {
            return false;
        }

        await _state.Save(next);
        return true;
    }
}
