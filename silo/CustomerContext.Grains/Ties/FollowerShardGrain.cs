using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Ties;

/// <summary>Keeps whom to tell and tells them; what the list does is <see cref="FollowerList"/>'s.</summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes.</remarks>
[Reentrant]
internal sealed class FollowerShardGrain : Grain, IFollowerShardGrain
{
    private readonly DurableState<FollowerList> _list;
    private readonly RepeatedWork _telling;

    public FollowerShardGrain([PersistentState(StoreNames.Followers, StoreNames.Store)] IPersistentState<FollowerList> slot, FailureReport failures)
    {
        _list = new DurableState<FollowerList>(slot, FollowerList.Empty);
        _telling = new RepeatedWork(this, "telling followers", TellAll, failures);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _list.Begin();
        _telling.Soon();
        return Task.CompletedTask;
    }

    public async Task<bool> Add(CustomerKey customer, TieKind kind, Stamp since)
    {
        await _list.Ready();
        if (_list.Pending.Add(customer, kind, since) is not { } next)
        {
            return false;
        }

        await _list.Save(next);
        _ = _telling.Run();
        return true;
    }

    public async Task Remove(CustomerKey customer, TieKind kind, Stamp ended)
    {
        await _list.Ready();
        await _list.Save(_list.Pending.Remove(customer, kind, ended));
    }

    public async Task Announce(Announcement announcement, bool untilNobodyHasMore)
    {
        await _list.Ready();
        var isAwaited = untilNobodyHasMore && _list.Pending.TakesBack(announcement);
        await _list.Save(_list.Pending.Announce(announcement));
        var told = _telling.Run();
        if (isAwaited && !await told)
        {
            throw new StateUnavailableException();
        }
    }

    public async Task Clear()
    {
        await _list.Ready();
        await _list.Save(FollowerList.Empty);
        DeactivateOnIdle();
    }

    /// <summary>Tells whoever has not acknowledged; done when everybody has.</summary>
    private async Task TellAll()
    {
        while (_list.Visible is { Pending: { IsEmpty: false } pending, Announcement: { } announcement })
        {
            var answers = new Dictionary<Follower, bool>();
            foreach (var some in pending.Chunk(Limits.Ties.ToldAtOnce))
            {
                var wanted = await Task.WhenAll(some.Select(follower => GrainFactory.GetGrain<ICustomerGrain>(follower.Customer.Value).Receive(follower.Kind, announcement)));
                for (var i = 0; i < some.Length; i++)
                {
                    answers[some[i]] = wanted[i];
                }
            }

            await _list.Ready();
            await _list.Save(_list.Pending.Answered(announcement.Version, answers));
        }
    }
}
