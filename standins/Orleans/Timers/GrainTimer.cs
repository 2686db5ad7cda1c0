namespace Orleans.Runtime;

/// <summary>Queues a turn of the grain when it is due; due again a period after that turn has ended.</summary>
internal sealed class GrainTimer : Turn, IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private TimeSpan? _changedDue;
    private volatile bool _firing;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Silo.Time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public override bool Interleaves => _options.Interleave;

    public override bool KeepsAlive => _options.KeepAlive;

    public override bool IsAbandoned => _stopped.IsCancellationRequested;

    public static GrainTimer Start(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new GrainTimer(activation, callback, options);
        activation.Keep(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime);
        Check(period);
        _period = period;
        if (_firing)
        {
            _changedDue = dueTime; // takes effect when the tick under way has ended
        }
        else
        {
            Arm(dueTime);
        }
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _timer.Dispose();
        _activation.Forget(this);
    }

    public override Task Run(Activation activation)
    {
        _changedDue = null;
        return _callback(_stopped.Token);
    }

    public override void Finish(Task outcome)
    {
        if (outcome.Exception is { InnerException: { } error })
        {
            _activation.Silo.Log.TimerFailed(error, _activation.GrainId.Type);
        }

        _firing = false;
        if (!IsAbandoned)
        {
            Arm(_changedDue ?? _period);
        }
    }

    public override void Reject(Exception error)
    {
        // The activation has ended, and its timers with it.
    }

    private static void Check(TimeSpan span) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(span.Ticks, Timeout.InfiniteTimeSpan.Ticks, nameof(span));

    private void Arm(TimeSpan due) => _timer.Change(due, Timeout.InfiniteTimeSpan);

    private void Fire()
    {
        _firing = true;
        _activation.Receive(this);
    }
}
