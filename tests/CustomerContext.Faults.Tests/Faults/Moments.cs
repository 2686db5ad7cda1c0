namespace CustomerContext.Faults.Tests.Faults;

/// <summary>One clock of moments for a whole trial, and how many operations are left to do. Safe for use from many threads.</summary>
internal sealed class Moments(int operations)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _moment;
    private long _left = operations;

    /// <summary>True while there are operations left.</summary>
    public bool GoesOn => Interlocked.Read(ref _left) > 0;

    /// <summary>Completes when half of the operations are done.</summary>
    public TaskCompletionSource HalfDone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when all are.</summary>
    public Task Done => _done.Task;

    /// <summary>The next moment.</summary>
    public long Next() => Interlocked.Increment(ref _moment);

    /// <summary>An operation is done.</summary>
    public void Count()
    {
        var left = Interlocked.Decrement(ref _left);
        if (left <= operations / 2)
        {
            HalfDone.TrySetResult();
        }

        if (left <= 0)
        {
            _done.TrySetResult();
        }
    }

    /// <summary>The answer of a call, with a moment before it began and one after it returned.</summary>
    public async Task<(T Answer, long Begun, long Returned)> Time<T>(Func<Task<T>> call)
    {
        var begun = Next();
        try
        {
            var answer = await call();
            return (answer, begun, Next());
        }
        finally
        {
            Count();
        }
    }
}
