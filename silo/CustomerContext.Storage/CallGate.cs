using CustomerContext.Domain;
using CustomerContext.Grains.Durability;
using Orleans.Storage;

namespace CustomerContext.Storage;

/// <summary>Bounds how many calls of a store run at once, and how long a caller waits for one.</summary>
/// <param name="store">Names the store in error texts and in the log.</param>
/// <param name="time">The clock.</param>
/// <param name="failures">Where an operator hears of calls that failed.</param>
internal sealed class CallGate(string store, TimeProvider time, FailureReport failures)
{
    private const int Steps = 5;

    private int _running;

    /// <summary>The answer of <paramref name="call"/>, or the exception that its outcome is unknown.</summary>
    /// <exception cref="StoreUnavailableException">Too many calls run, no answer in time, or the call failed.</exception>
    public async Task<T> Run<T>(TimeSpan deadline, Func<Task<T>> call)
    {
        try
        {
            return await InTime(Counted(call), deadline);
        }
        catch (Exception error) when (error is not InconsistentStateException)
        {
            throw Reported(error, deadline);
        }
    }

    /// <summary>
    /// The same, and the answer is never older than the deadline, whatever the process did meanwhile: for what must be true now. After a standstill the answer may already be there, but
    /// another process may have changed the store since.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Too many calls run, no answer in time, or the call failed.</exception>
    public async Task<T> RunStrictly<T>(TimeSpan deadline, Func<Task<T>> call)
    {
        try
        {
            var begun = time.GetTimestamp();
            var answer = await Counted(call).WaitAsync(deadline, time);
            return time.GetElapsedTime(begun) < deadline ? answer : throw new TimeoutException();
        }
        catch (Exception error) when (error is not InconsistentStateException)
        {
            throw Reported(error, deadline);
        }
    }

    private StoreUnavailableException Reported(Exception error, TimeSpan deadline)
    {
        failures.NoteStore(store, error);
        return Unavailable(error, deadline);
    }

    /// <summary>
    /// Waits in steps, each begun when the one before is over. So a process that stood still, because its processor or its memory had too much to do, loses one step of the deadline and
    /// not all of it: its own standstill is not the store's silence, and the answer may already be there.
    /// </summary>
    private async Task<T> InTime<T>(Task<T> call, TimeSpan deadline)
    {
        for (var step = 0; step < Steps && !call.IsCompleted; step++)
        {
            await ((Task)call).WaitAsync(deadline / Steps, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return call.IsCompleted ? await call : throw new TimeoutException();
    }

    /// <summary>A call counts until it has ended, though its caller may have given up long before: a store that hangs must not be given more and more to do.</summary>
    private async Task<T> Counted<T>(Func<Task<T>> call)
    {
        try
        {
            return Interlocked.Increment(ref _running) > Limits.Storage.WaitingCalls
                ? throw new StoreUnavailableException($"{store}: too many calls are waiting.")
                : await call();
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private StoreUnavailableException Unavailable(Exception error, TimeSpan deadline) => error switch
    {
        StoreUnavailableException known => known,
        TimeoutException => new StoreUnavailableException($"{store}: no answer within {deadline.TotalMilliseconds} ms.", error),
        StorageStartException => new StoreUnavailableException(error.Message, error),
        _ => new StoreUnavailableException($"{store}: the call failed.", error),
    };
}
