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
    private readonly DurableState<NewsIndex> _state = new(slot, NewsIndex.Empty);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        return Task.CompletedTask;
    }

    public Task Note(CustomerKey customer, DateTimeOffset at) => Change(index => NewsIndexRules.Note(index, customer, at, time.GetUtcNow()));

    public Task Forget(CustomerKey customer) => Change(index => NewsIndexRules.Forget(index, customer));

    public async Task<ImmutableArray<CustomerKey>> Since(DateTimeOffset from)
    {
        await _state.Ready();
        return NewsIndexRules.Since(_state.Visible, from);
    }

    private async Task Change(Func<NewsIndex, NewsIndex> rule)
    {
        await _state.Ready();
        var next = rule(_state.Pending);
        await (ReferenceEquals(next, _state.Pending) ? _state.Settled() : _state.Save(next));
    }
}
