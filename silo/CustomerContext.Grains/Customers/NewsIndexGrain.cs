using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Customers;

/// <summary>Keeps a part of the index; the rules are <see cref="NewsIndexRules"/>.</summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes.</remarks>
[Reentrant]
internal sealed class NewsIndexGrain([PersistentState(StoreNames.NewsIndex, StoreNames.Store)] IPersistentState<NewsIndex> slot, TimeProvider time) : Grain, INewsIndexGrain
{
    private const string Reminder = "every hour";

    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly DurableState<NewsIndex> _state = new(slot, NewsIndex.Empty);
    private bool _isReminded;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        return Task.CompletedTask;
    }

    /// <summary>Whoever is too old goes, though nobody asks.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => Change(index => index);

    public async Task Note(CustomerKey customer, DateTimeOffset at)
    {
        if (!_isReminded)
        {
            await this.Remind(Reminder, _hour, _hour);
            _isReminded = true;
        }

        await Change(index => NewsIndexRules.Note(index, customer, at, time.GetUtcNow()));
    }

    public Task Forget(CustomerKey customer) => Change(index => NewsIndexRules.Forget(index, customer));

    public async Task<ImmutableArray<CustomerKey>> Since(DateTimeOffset from)
    {
        await Change(index => index);
        return NewsIndexRules.Since(_state.Visible, from);
    }

    private async Task Change(Func<NewsIndex, NewsIndex> rule)
    {
        await _state.Ready();
        var next = NewsIndexRules.Pruned(rule(_state.Pending), time.GetUtcNow());
        await (ReferenceEquals(next, _state.Pending) ? _state.Settled() : _state.Save(next));
    }
}
