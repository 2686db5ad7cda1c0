using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using Orleans;

namespace CustomerContext.Grains.Attention;

/// <summary>
/// A company hears what became of its work, behind all answers. What there is to tell follows from the part of the queue and the time (<see cref="WorkNewsRules"/>); what was told is kept in the part, some at
/// a time. A silo that is lost before that tells them once more, under the same ids.
/// </summary>
/// <remarks>Runs on the scheduler of the part's grain.</remarks>
internal sealed class WorkTeller : IDisposable
{
    private const string Name = "telling a company of work";

    private readonly DurableState<WorkShard> _state;
    private readonly IWorkNewsSender _sender;
    private readonly TenantId _tenant;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end;
    private readonly FailureReport _failures;
    private readonly RepeatedWork _work;
    private readonly RepeatedWork _again;

    /// <summary>What waits for the next try: one piece of work at a receiver, or all at a receiver that takes nothing. The rest is told meanwhile.</summary>
    private readonly HashSet<(string Receiver, string? Work)> _held = [];

    private NewsNotSentException? _refusal;
    private bool _isTriedAgain;
    private DateTimeOffset _lapsedUntil;
    private (WorkNews News, CancellationTokenSource End, Task Done)? _call;

    public WorkTeller(IGrainBase grain, TenantId tenant, DurableState<WorkShard> state, IWorkNewsSender sender, FailureReport failures, TimeProvider time, CancellationToken leaving)
    {
        (_state, _sender, _tenant, _time, _failures) = (state, sender, tenant, time, failures);
        _end = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        _work = new RepeatedWork(grain, Name, Tell, failures);
        _again = new RepeatedWork(grain, Name, TellHeld, failures);
        _lapsedUntil = time.GetUtcNow();
    }

    /// <summary>True if what is completed is to be kept until it is told.</summary>
    public bool KeepsEnds => WantsKind(WorkNewsKinds.Done);

    /// <summary>Begins to tell what there is, but for what a receiver did not take, which is tried again by itself.</summary>
    public void Soon()
    {
        if (!Enum.GetValues<WorkNewsKinds>().Any(WantsKind) && !_state.Visible.Works.Any(work => work.IsGone))
        {
            return;
        }

        var now = _time.GetUtcNow();
        foreach (var news in WorkNewsRules.Lapsed(_state.Visible, Wants, _lapsedUntil, now))
        {
            _sender.GiveUp(_tenant, news);
        }

        _lapsedUntil = now;
        if (!_end.IsCancellationRequested && (Batch().Count > 0 || !ReferenceEquals(WorkNewsRules.After(_state.Pending, [], now), _state.Pending)))
        {
            _work.Soon();
        }
    }

    /// <summary>Tells again what came about since then, as far as it is in the part.</summary>
    /// <returns>How much that is.</returns>
    public async Task<int> Again(DateTimeOffset from)
    {
        await _state.Ready();
        var (next, count) = WorkNewsRules.Again(_state.Pending, Wants, from, _time.GetUtcNow());
        if (count > 0)
        {
            await _state.Save(next);
            Soon();
        }

        return count;
    }

    /// <summary>Called when something has left the part, durably. When it returns no call tells of it, and none will.</summary>
    public async Task Left()
    {
        if (_call is { } call && !WorkNewsRules.Holds(_state.Pending, call.News, _time.GetUtcNow()))
        {
            await call.End.CancelAsync();
            await call.Done;
        }
    }

    /// <summary>Ends every call.</summary>
    public Task Stop() => _end.CancelAsync();

    public void Dispose() => _end.Dispose();

    private async Task Tell()
    {
        await _state.Ready();
        var (told, held) = (new List<WorkNews>(), 0);
        do
        {
            (told, held) = ([], _held.Count);
            try
            {
                foreach (var news in Batch().Where(one => !IsHeld(one) && WorkNewsRules.Holds(_state.Pending, one, _time.GetUtcNow())))
                {
                    if (_end.IsCancellationRequested)
                    {
                        return;
                    }

                    if (await IsTaken(news))
                    {
                        told.Add(news);
                    }
                }
            }
            finally
            {
                await Keep(told);
            }
        }
        while (told.Count > 0 || _held.Count > held);

        if (_held.Count > 0 && !_isTriedAgain)
        {
            _isTriedAgain = true;
            _again.Later();
            _failures.Note(Name, _refusal!);
        }
    }

    private async Task TellHeld()
    {
        _held.Clear();
        await _work.Run();
        _isTriedAgain = _held.Count > 0;
        if (_isTriedAgain)
        {
            throw _refusal!;
        }
    }

    /// <summary>False if the receiver did not take it, or the call was ended: the silo or the grain goes, or the work has left.</summary>
    private async Task<bool> IsTaken(WorkNews news)
    {
        var receiver = ReceiverOf(news);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _call = (news, end, done.Task);
        try
        {
            await _sender.Send(_tenant, news, end.Token);
            return true;
        }
        catch (NewsNotSentException error)
        {
            _held.Add((receiver, error.IsOfReceiver ? null : news.Work.Id));
            _refusal = error;
            return false;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _call = null;
            done.SetResult();
        }
    }

    /// <summary>Keeps what was told. Readers of the queue see nothing of it.</summary>
    private async Task Keep(IReadOnlyCollection<WorkNews> told)
    {
        await _state.Ready();
        var next = WorkNewsRules.After(_state.Pending, told, _time.GetUtcNow());
        if (!ReferenceEquals(next, _state.Pending))
        {
            await _state.Save(next.Works.IsEmpty ? WorkShard.Empty : next);
        }
    }

    private IReadOnlyList<WorkNews> Batch() => WorkNewsRules.Untold(_state.Visible, news => Wants(news) && !IsHeld(news), _time.GetUtcNow(), Limits.News.WorkAtOnce);

    private bool IsHeld(WorkNews news) => _held.Contains((ReceiverOf(news), null)) || _held.Contains((ReceiverOf(news), news.Work.Id));

    private bool Wants(WorkNews news)
    {
        var now = _time.GetUtcNow();
        return WantsKind(news.Kind) && news.Work.Purposes.Any(granted => now < granted.Until && _sender.Reads(_tenant, granted.Purpose));
    }

    private bool WantsKind(WorkNewsKinds kind) => _sender.ReceiverOf(_tenant, kind) is not null;

    private string ReceiverOf(WorkNews news) => _sender.ReceiverOf(_tenant, news.Kind) ?? "";
}
