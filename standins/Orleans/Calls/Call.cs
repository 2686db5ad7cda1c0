namespace Orleans.Runtime;

/// <summary>A call of a grain method: waits its turn, runs, and answers its caller, who may have stopped waiting.</summary>
internal abstract class Call(GrainMethod method, GrainId target, object?[] arguments) : Turn
{
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _registration;
    private Activation? _runsOn;
    private int _forwards;

    /// <summary>Neighbours in <see cref="CallDeadlines"/>, which owns them.</summary>
    public Call? Earlier { get; set; }

    public Call? Later { get; set; }

    public long SentAt { get; set; }

    protected GrainMethod Method => method;

    /// <summary>False once it has been passed on too often.</summary>
    public bool MayForward() => ++_forwards <= 2;

    public sealed override Task Run(Activation activation)
    {
        if (_cancellation is { } cancellation && Interlocked.Exchange(ref _runsOn, activation) is null && IsAbandoned)
        {
            cancellation.Cancel();
        }

        return method.Invoke(activation.GrainInstance!, arguments);
    }

    /// <summary>Answers the caller: it took too long.</summary>
    public void TimeOut(TimeSpan timeout, bool cancelGrain)
    {
        if (cancelGrain)
        {
            CancelGrain();
        }

        Reject(new TimeoutException($"Response did not arrive on time in {timeout} for {method.Name} of {target.Type}."));
    }

    /// <summary>
    /// Gives the grain a token of its own, cancelled in a turn of the grain: callbacks on the caller's token would run on the caller's thread, in
    /// the midst of a turn.
    /// </summary>
    protected void HonourCancellation(CancellationToken token)
    {
        _cancellation = new CancellationTokenSource();
        arguments[method.CancellationIndex] = _cancellation.Token;
        _registration = token.UnsafeRegister(static (call, token) => ((Call)call!).OnCallerCancelled(token), this);
    }

    protected void OnAnswered() => _registration.Unregister();

    protected abstract void AnswerCancelled(CancellationToken token);

    private void OnCallerCancelled(CancellationToken token)
    {
        AnswerCancelled(token);
        CancelGrain();
    }

    private void CancelGrain()
    {
        if (_cancellation is { } cancellation && _runsOn is { } activation)
        {
            activation.Scheduler.Post(cancellation.Cancel);
        }
    }
}

/// <inheritdoc cref="Call"/>
internal sealed class Call<T> : Call
{
    private readonly CallDeadlines _deadlines;
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Call(GrainMethod method, GrainReference target, object?[] arguments) : base(method, target.GrainId, arguments) =>
        _deadlines = target.Runtime.Deadlines;

    public override bool IsAbandoned => _answer.Task.IsCompleted;

    public static Task<T> Send(GrainMethod method, GrainReference target, object?[] arguments)
    {
        var token = method.CancellationIndex < 0 ? default : (CancellationToken)arguments[method.CancellationIndex]!;
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(token);
        }

        var call = new Call<T>(method, target, arguments);
        call._deadlines.Add(call);
        if (token.CanBeCanceled)
        {
            call.HonourCancellation(token);
        }

        target.Send(call);
        return call._answer.Task;
    }

    public override void Finish(Task outcome)
    {
        if (outcome.IsCompletedSuccessfully)
        {
            if (_answer.TrySetResult(outcome is Task<T> result ? result.GetAwaiter().GetResult() : default!))
            {
                Leave();
            }
        }
        else if (outcome.IsCanceled)
        {
            AnswerCancelled(new CancellationToken(canceled: true));
        }
        else
        {
            Reject(outcome.Exception!.InnerException!);
        }
    }

    public override void Reject(Exception error)
    {
        if (_answer.TrySetException(error))
        {
            _ = _answer.Task.Exception; // the caller may not look at it, and that is the caller's right
            Leave();
        }
    }

    protected override void AnswerCancelled(CancellationToken token)
    {
        if (_answer.TrySetCanceled(token))
        {
            Leave();
        }
    }

    private void Leave()
    {
        _deadlines.Remove(this);
        OnAnswered();
    }
}
