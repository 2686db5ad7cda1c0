using CustomerContext.Domain;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Ties;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerContext.Grains.Tribes;

/// <summary>Releases at its fixed times what its shards add up to; the rules are <see cref="TribeReleaseRules"/>.</summary>
/// <remarks>
/// Reentrant: each method is one synchronous step between awaits, and <see cref="DurableState{T}"/> alone writes. A reminder wakes it, so that a release is made though nobody
/// looks. A release that was cut off is made again of the same sums, for the shards keep them, and with the same noise, for it is drawn from the release's time.
/// </remarks>
[Reentrant]
internal sealed class TribeGrain(
    [PersistentState(StoreNames.Tribe, StoreNames.Store)] IPersistentState<TribeState> slot, TiesTools tools, TribeMetrics metrics, TimeProvider time, NewsWait wait)
    : Grain, ITribeGrain, IWaitsForNews
{
    private const string Reminder = "release";

    /// <summary>The reminder is set anew after each release; this often it comes in between, in case that was not done.</summary>
    private static readonly TimeSpan _every = TimeSpan.FromHours(1);

    private readonly DurableState<TribeState> _state = new(slot, TribeState.Empty);
    private TaskCompletionSource _news = NewSignal();
    private Task? _releasing;
    private GroupId _group;
    private int _minute;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _group = TribeKeys.GroupOf(this.GetPrimaryKeyString());
        _minute = tools.Secret.ReleaseMinute(_group);
        _state.Begin();
        await BeWoken();
    }

    public async Task<int> Place(int? full)
    {
        await _state.Ready();
        var isFirst = _state.Pending.Due is null;
        await _state.Save(_state.Pending.Open(full, ReleaseClock.Next(_minute, Cadence.Daily, time.GetUtcNow())));
        if (isFirst)
        {
            await BeWoken();
        }

        return _state.Visible.Shards - 1;
    }

    public async Task<TribeView> Get()
    {
        await _state.Ready();
        return _state.Visible.View;
    }

    public async Task<TribeView> WaitFor(long seen, CancellationToken left)
    {
        await _state.Ready();
        if (_state.Visible.History.Number <= seen)
        {
            await wait.Until(this, _news.Task, Limits.Watches.Heartbeat, left);
        }

        return _state.Visible.View;
    }

    public async Task Finish(long round)
    {
        await _state.Ready();
        while (_state.Visible.Round < round)
        {
            await ReleaseDue();
        }
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _state.Ready();
        if (_state.Visible.Due <= time.GetUtcNow())
        {
            await ReleaseDue();
        }

        await BeWoken();
    }

    /// <summary>One at a time, and who asks meanwhile waits for the same.</summary>
    private Task ReleaseDue() => _releasing is { IsCompleted: false } ? _releasing : _releasing = Release();

    private async Task Release()
    {
        await RecordReleased();
        var begun = time.GetTimestamp();
        var before = _state.Visible;

        // After a long absence the latest time only, for nobody knows what the earlier ones would have said.
        var at = ReleaseClock.Latest(_minute, before.History.Cadence, time.GetUtcNow());
        var sums = GroupSums.Zero;
        foreach (var some in Shards(before).Chunk(Limits.Shards.AskedAtOnce))
        {
            sums = (await Task.WhenAll(some.Select(shard => shard.Seal(before.Round + 1, at)))).Aggregate(sums, (all, part) => all + part);
        }

        await _state.Ready();
        var seed = tools.Secret.Seed(_group, at);
        var next = _group.Kind == GroupKind.Readers
            ? _state.Pending.ReleaseReaders(sums, seed, _minute, at)
            : _state.Pending.Release(sums, seed, _minute, at, tools.Tribes.FirstOrDefault(tribe => tribe.Tribe == _group.Name));
        await _state.Save(next);
        tools.Releases.Put(_group, next.View);
        metrics.Released(begun);
        (var news, _news) = (_news, NewSignal());
        news.SetResult();
        await RecordReleased();
    }

    /// <summary>Lets the shards know what was released, so that the next release can be compared with it.</summary>
    private async Task RecordReleased()
    {
        if (_state.Visible is not { IsMarking: true, History.Last.At: var at } released)
        {
            return;
        }

        foreach (var some in Shards(released).Chunk(Limits.Shards.AskedAtOnce))
        {
            await Task.WhenAll(some.Select(shard => shard.RecordReleased(released.Round, at)));
        }

        await _state.Ready();
        await _state.Save(_state.Pending with { IsMarking = false });
    }

    private IEnumerable<ITribeShardGrain> Shards(TribeState state) =>
        Enumerable.Range(0, state.Shards).Select(shard => GrainFactory.GetGrain<ITribeShardGrain>(TribeKeys.Shard(_group, shard)));

    private async Task BeWoken()
    {
        if (_state.Visible.Due is { } due)
        {
            var wait = due - time.GetUtcNow();
            await this.Remind(Reminder, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _every);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
