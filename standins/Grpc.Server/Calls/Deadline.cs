namespace Grpc.AspNetCore.Server;

/// <summary>
/// The end that the caller has set. Either the handler is done first (TryStop) or the deadline ends the call and then cancels the token, never both.
/// </summary>
internal sealed class Deadline : IAsyncDisposable
{
    // Timers have a coarser clock than deadlines; as much later as the original.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(14);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly ServerCall _call;
    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private CancellationTokenSource? _cancel;
    private CancellationTokenRegistration _aborted;
    private TaskCompletionSource? _passed;
    private bool _stopped;

    public Deadline(ServerCall call, TimeSpan timeout)
    {
        _call = call;
        At = TimeProvider.System.GetUtcNow().UtcDateTime + timeout;
        _timer = new Timer(static deadline => _ = ((Deadline)deadline!).PassAsync(), this, Min(timeout + Slack, LongestTimer), Timeout.InfiniteTimeSpan);
    }

    public DateTime At { get; }
    public bool HasPassed => _passed is not null;

    /// <summary>Made only when somebody asks for it.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                if (_cancel is null)
                {
                    _cancel = new CancellationTokenSource();
                    _aborted = _call.Http.RequestAborted.UnsafeRegister(static deadline => ((Deadline)deadline!).Abort(), this);
                    if (_passed is { Task.IsCompleted: true })
                    {
                        _cancel.Cancel();
                    }
                }

                return _cancel.Token;
            }
        }
    }

    /// <returns>False where the deadline was faster: then the call has been answered.</returns>
    public bool TryStop()
    {
        lock (_gate)
        {
            return _stopped = _passed is null;
        }
    }

    /// <summary>Waits until a deadline that has passed has done its work.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        if (_passed is not null)
        {
            await _passed.Task;
        }

        await _aborted.DisposeAsync();
        _cancel?.Dispose();
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Abort()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _cancel!.Cancel();
    }

    private async Task PassAsync()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await _call.SendDeadlineExceededAsync();
            CancellationTokenSource? cancel;
            lock (_gate)
            {
                cancel = _cancel;
            }

            if (cancel is not null)
            {
                await cancel.CancelAsync();
            }
        }
        catch (Exception error)
        {
            ServerLog.DeadlineFailed(_call.Settings.Logger, error);
        }
        finally
        {
            _passed.TrySetResult();
        }
    }
}
