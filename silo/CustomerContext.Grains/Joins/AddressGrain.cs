using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Joins;

/// <summary>Counts the messages to one address; the rules are <see cref="MessageRules"/>.</summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes.</remarks>
[Reentrant]
internal sealed class AddressGrain(
    [PersistentState(StoreNames.Address, StoreNames.Store)] IPersistentState<AddressState> slot, TimeProvider time) : Grain, IAddressGrain, IRemindable
{
    private const string Reminder = "month";

    /// <summary>How often it is tried again if the first reminder was lost.</summary>
    private static readonly TimeSpan _every = TimeSpan.FromDays(1);

    private readonly DurableState<AddressState> _state = new(slot, AddressState.Empty);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        return Task.CompletedTask;
    }

    public async Task<bool> Take(string join)
    {
        await _state.Ready();
        var (next, mayGo) = MessageRules.Take(_state.Pending, join, time.GetUtcNow());
        if (!ReferenceEquals(next, _state.Pending))
        {
            // The reminder first: what is kept is forgotten in time, whatever happens in between.
            var now = time.GetUtcNow();
            await this.Remind(Reminder, MessageRules.NextMonth(now) - now, _every);
            await _state.Ready();
            (next, mayGo) = MessageRules.Take(_state.Pending, join, time.GetUtcNow());
        }

        await _state.Save(next);
        return mayGo;
    }

    public async Task Stop()
    {
        await _state.Ready();
        await _state.Save(MessageRules.Stop(_state.Pending));
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _state.Ready();
        await _state.Save(MessageRules.Prune(_state.Pending, time.GetUtcNow()));
        if (_state.Visible.IsStopped || ReferenceEquals(_state.Visible, AddressState.Empty))
        {
            await this.RemindNoMore(Reminder);
        }
    }
}
