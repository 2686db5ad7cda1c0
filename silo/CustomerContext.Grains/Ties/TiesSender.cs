using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Tribes;
using Orleans;

namespace CustomerContext.Grains.Ties;

/// <summary>
/// Sends what a customer's state says is due, a few messages at once, until all of it is acknowledged. Only what is durable is sent, and every message may be
/// repeated, so that a crash at any point costs nothing but a repeat.
/// </summary>
/// <param name="state">The customer's.</param>
/// <param name="grain">The customer's grain.</param>
/// <param name="grains">The others.</param>
/// <param name="secret">From which pseudonyms come.</param>
/// <param name="failures">Where an operator hears of messages that fail.</param>
/// <param name="decided">Adds to a state what is due since it changed.</param>
internal sealed class TiesSender(
    DurableState<TiesState> state, IGrainBase grain, IGrainFactory grains, GroupSecret secret, FailureReport failures, Func<TiesState, TiesState> decided)
{
    private RepeatedWork? _sending;
    private CustomerKey _me;
    private bool _resumes;

    /// <summary>True if anything is left to send.</summary>
    public static bool IsPending(TiesState state) => state.Outbox.IsPending || state.Ties.Any(tie => tie.IsPending);

    /// <summary>Tells whose messages these are.</summary>
    public void Begin(CustomerKey me) => _me = me;

    /// <summary>Begins to send what is due.</summary>
    public void Begin() => _ = SendAll();

    /// <summary>Goes on where a silo that is gone left off, as soon as the grain has nothing else to do.</summary>
    public void Resume()
    {
        // Announcements that follower shards have taken over count too: nobody else wakes the shards after a silo was lost.
        _resumes = state.Visible.Outbox.Followers.Shards > 0;
        if (_resumes || IsPending(state.Visible))
        {
            Sending.Soon();
        }
    }

    private RepeatedWork Sending => _sending ??= new RepeatedWork(grain, "telling groups and friends", RunRounds, failures);

    /// <summary>Done when no group and nobody around keeps anything that the durable state does not allow.</summary>
    /// <exception cref="StateUnavailableException">Somebody could not be reached.</exception>
    public async Task Withdraw()
    {
        await SendUntil(due => !due.Outbox.IsLeaving);
        await AnnounceToFollowers(untilNobodyHasMore: true);
    }

    /// <summary>Done when nothing is left to send.</summary>
    /// <exception cref="StateUnavailableException">Somebody could not be reached.</exception>
    public Task Finish() => SendUntil(due => !IsPending(due));

    /// <summary>One more to tell what the customer contributes; false if there is no room.</summary>
    public async Task<bool> AddFollower(CustomerKey follower, TieKind kind, Stamp since)
    {
        for (var shard = state.Visible.Outbox.Followers.Shards; ; shard = state.Visible.Outbox.Followers.Shards)
        {
            if (shard > 0 && await ShardOf(shard - 1).Add(follower, kind, since))
            {
                return true;
            }

            if (shard == Limits.Ties.FollowerShards)
            {
                return false;
            }

            await state.Ready();
            if (state.Pending.Outbox.Followers.Shards == shard)
            {
                await state.Save(decided(OutboxRules.WithShard(state.Pending)));
                Begin();
            }
            else
            {
                await state.Settled();
            }
        }
    }

    /// <summary>One less.</summary>
    public async Task<bool> RemoveFollower(CustomerKey follower, TieKind kind, Stamp ended)
    {
        await Task.WhenAll(Shards().Select(shard => shard.Remove(follower, kind, ended)));
        return true;
    }

    /// <summary>Forgets whom to tell.</summary>
    public Task Clear() => Task.WhenAll(Shards().Select(shard => shard.Clear()));

    /// <summary>Sends what is due; true if nothing is left, false if it failed and will be repeated.</summary>
    private Task<bool> SendAll() => _resumes || IsPending(state.Visible) ? Sending.Run() : Task.FromResult(true);

    private async Task RunRounds()
    {
        if (_resumes)
        {
            await AnnounceToFollowers(untilNobodyHasMore: false);
            _resumes = false;
        }

        while (IsPending(state.Visible))
        {
            var changes = new List<Func<TiesState, TiesState>>();
            foreach (var some in Messages(state.Visible).Chunk(Limits.Ties.GroupsAtOnce))
            {
                changes.AddRange(await Task.WhenAll(some.Select(message => message())));
            }

            await state.Ready();
            await state.Save(decided(changes.Aggregate(state.Pending, (next, change) => change(next))));
        }
    }

    private async Task SendUntil(Func<TiesState, bool> isDone)
    {
        while (!isDone(state.Visible))
        {
            if (!await SendAll())
            {
                throw new StateUnavailableException();
            }
        }
    }

    /// <summary>What is due, each with what its acknowledgement changes.</summary>
    private IEnumerable<Func<Task<Func<TiesState, TiesState>>>> Messages(TiesState due)
    {
        foreach (var tie in due.Ties.Where(tie => tie.IsPending))
        {
            yield return () => Send(tie);
        }

        foreach (var placement in due.Outbox.Placements.Where(placement => placement.IsPending))
        {
            yield return () => Send(placement, due.Outbox);
        }

        foreach (var place in due.Outbox.Readings.Where(place => place.IsPending))
        {
            yield return () => Send(place);
        }

        if (due.Outbox.Followers.IsPending)
        {
            yield return () => AnnounceToFollowers(untilNobodyHasMore: false);
        }
    }

    private async Task<Func<TiesState, TiesState>> Send(Tie tie)
    {
        // Whoever is nobody yet does not keep it; the daily repeat tries again.
        var isKept = !tie.IsAcknowledged && tie.Mine != default && await grains.GetGrain<ICustomerGrain>(tie.Other.Value).ReceiveStatement(_me, tie.Kind, tie.Mine);
        if (tie.Kind == TieKind.Follows)
        {
            return next => TieRules.Acknowledged(TieRules.Listed(next, tie.Other, tie.Kind, isKept ? tie.HeldAs : default), tie.Other, tie.Kind, tie.Mine);
        }

        if (tie.ListedAs != tie.HeldAs)
        {
            await (tie.IsHeld ? AddFollower(tie.Other, TieKind.Friend, tie.HeldAs) : RemoveFollower(tie.Other, TieKind.Friend, tie.Ended));
            return next => TieRules.Acknowledged(TieRules.Listed(next, tie.Other, tie.Kind, tie.HeldAs), tie.Other, tie.Kind, tie.Mine);
        }

        return next => TieRules.Acknowledged(next, tie.Other, tie.Kind, tie.Mine);
    }

    private async Task<Func<TiesState, TiesState>> Send(Placement placement, Outbox due)
    {
        if (placement.Shard is not { } shard)
        {
            var placed = placement.IsLeaving ? (int?)null : await GroupOf(placement.Group).Place(null);
            return placed is null
                ? next => OutboxRules.Acknowledged(next, placement, 0, placement.Due)
                : next => OutboxRules.Placed(next, placement, placed);
        }

        var keeper = ShardOf(placement.Group, shard);
        var pseudonym = secret.Pseudonym(_me, placement.Group);
        if (placement.IsLeaving || due.Sent is not { } sent)
        {
            await keeper.Remove(new Removal(pseudonym, placement.Due));
            return next => OutboxRules.Acknowledged(next, placement, shard, placement.Due);
        }

        if (await keeper.Put(ContributionRules.Make(sent, pseudonym, placement.Due, DateTimeOffset.FromUnixTimeSeconds(placement.Since))))
        {
            return next => OutboxRules.Acknowledged(next, placement, shard, placement.Due);
        }

        var another = await GroupOf(placement.Group).Place(shard);
        return next => OutboxRules.Placed(next, placement, another);
    }

    private async Task<Func<TiesState, TiesState>> Send(ReadersPlace place)
    {
        var pseudonym = secret.Pseudonym(_me, place.Group);
        if (place.Sent is not { } sent)
        {
            await (place.Shard is { } left ? ShardOf(place.Group, left).Remove(new Removal(pseudonym, place.Due)) : Task.CompletedTask);
            return next => ReadersOutboxRules.Acknowledged(next, place.Company, place.Due);
        }

        if (place.Shard is { } shard
            && await ShardOf(place.Group, shard).Put(ContributionRules.Make(sent, pseudonym, place.Due, DateTimeOffset.FromUnixTimeSeconds(place.Since))))
        {
            return next => ReadersOutboxRules.Acknowledged(next, place.Company, place.Due);
        }

        var another = await GroupOf(place.Group).Place(place.Shard);
        return next => ReadersOutboxRules.Placed(next, place.Company, another);
    }

    private async Task<Func<TiesState, TiesState>> AnnounceToFollowers(bool untilNobodyHasMore)
    {
        var announcement = Announcement.Of(_me, state.Visible.Outbox);
        await Task.WhenAll(Shards().Select(shard => shard.Announce(announcement, untilNobodyHasMore)));
        return next => OutboxRules.FollowersAcknowledged(next, announcement.Version);
    }

    private ITribeGrain GroupOf(GroupId group) => grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group));

    private ITribeShardGrain ShardOf(GroupId group, int number) => grains.GetGrain<ITribeShardGrain>(TribeKeys.Shard(group, number));

    private IEnumerable<IFollowerShardGrain> Shards() => Enumerable.Range(0, state.Visible.Outbox.Followers.Shards).Select(ShardOf);

    private IFollowerShardGrain ShardOf(int number) => grains.GetGrain<IFollowerShardGrain>(FollowerShards.KeyOf(_me, number));
}
