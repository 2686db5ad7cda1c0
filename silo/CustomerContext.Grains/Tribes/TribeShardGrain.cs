using CustomerContext.Domain;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Tribes;

/// <summary>
/// Keeps members. What arrives during a write and the rest after it is folded together in one pass and shares the next write, so a burst costs few of them.
/// </summary>
/// <remarks>Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes.</remarks>
[Reentrant]
internal sealed class TribeShardGrain(
    [PersistentState(StoreNames.TribeShard, StoreNames.Store)] IPersistentState<TribeShardState> slot, TimeProvider time) : Grain, ITribeShardGrain
{
    private readonly DurableState<TribeShardState> _state = new(slot, TribeShardState.Empty);
    private readonly Heat _heat = new(time);
    private readonly Rest _rest = new(time);
    private List<Arrival> _arrived = [];
    private bool _isFolding;
    private GroupMembers? _sealed;
    private long _finished;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state.Begin();
        return Task.CompletedTask;
    }

    public Task<bool> Put(Contribution contribution) => Fold(new Arrival(contribution, null));

    public async Task Remove(Removal removal)
    {
        _rest.End();
        await Fold(new Arrival(null, removal));

        // The sums of a round under way may hold this member still: its release has to be out before the member is told that they are.
        if (_state.Visible.Sealed is { Round: var round } && round > _finished)
        {
            await GrainFactory.GetGrain<ITribeGrain>(TribeKeys.Tribe(TribeKeys.GroupOf(this.GetPrimaryKeyString()))).Finish(round);
            _finished = Math.Max(_finished, round);
        }
    }

    public async Task<GroupSums> Seal(long round, DateTimeOffset at)
    {
        await _state.Ready();
        var next = _state.Pending.Seal(round, at);
        if (!ReferenceEquals(next, _state.Pending))
        {
            _sealed = next.Members;
        }

        await _state.Save(next);
        return _state.Visible.Sealed!.Sums;
    }

    public async Task RecordReleased(long round, DateTimeOffset at)
    {
        await _state.Ready();
        await _state.Save(_state.Pending.RecordReleased(round, at, _sealed));
        _sealed = null;
    }

    private Task<bool> Fold(Arrival arrival)
    {
        _arrived.Add(arrival);
        _heat.Note();
        if (!_isFolding)
        {
            _ = FoldAll();
        }

        return arrival.Done;
    }

    private async Task FoldAll()
    {
        _isFolding = true;
        while (_arrived is { Count: > 0 } batch)
        {
            _arrived = [];
            var begun = time.GetTimestamp();
            try
            {
                await _state.Ready();
                var step = GroupRules.Apply(
                    _state.Pending.Members,
                    batch.Select(arrival => arrival.Contribution).OfType<Contribution>(),
                    batch.Select(arrival => arrival.Removal).OfType<Removal>(),
                    time.GetUtcNow(),
                    Room());
                await _state.Save(ReferenceEquals(step.Members, _state.Pending.Members) ? _state.Pending : _state.Pending with { Members = step.Members });
                var refused = step.Refused.ToHashSet();
                batch.ForEach(arrival => arrival.Complete(!(arrival.Contribution is { } one && refused.Contains(one.Pseudonym))));
            }
            catch (Exception error)
            {
                batch.ForEach(arrival => arrival.Fail(error));
            }

            await _rest.After(begun);
        }

        _isFolding = false;
    }

    private int Room() => TribeKeys.GroupOf(this.GetPrimaryKeyString()).Kind == GroupKind.Readers ? Limits.Help.ShardReaders
        : _heat.IsHot ? Limits.Shards.HotMembers
        : Limits.Groups.ShardMembers;

    private sealed class Arrival(Contribution? contribution, Removal? removal)
    {
        private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Contribution? Contribution => contribution;

        public Removal? Removal => removal;

        public Task<bool> Done => _done.Task;

        public void Complete(bool isTaken) => _done.TrySetResult(isTaken);

        public void Fail(Exception error) => _done.TrySetException(error);
    }
}
