using CustomerContext.Domain;
using Orleans.Storage;

namespace CustomerContext.Storage;

/// <summary>Bounds how many calls wait for a store, and for how long.</summary>
/// <param name="store">Names the store in error texts.</param>
internal sealed class CallGate(string store, TimeProvider time)
{
    private int _waiting;

    /// <summary>The answer of <paramref name="call"/>, or the exception that its outcome is unknown.</summary>
    /// <exception cref="StoreUnavailableException">Too many calls wait, no answer in time, or the call failed.</exception>
    public async Task<T> Run<T>(TimeSpan deadline, Func<Task<T>> call)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > Limits.Storage.WaitingCalls)
            {
                throw new StoreUnavailableException($"{store}: too many calls are waiting.");
            }

            return await call().WaitAsync(deadline, time);
        }
        catch (TimeoutException error)
        {
            throw new StoreUnavailableException($"{store}: no answer within {deadline.TotalMilliseconds} ms.", error);
        }
        catch (StorageStartException error)
        {
            throw new StoreUnavailableException(error.Message, error);
        }
        catch (Exception error) when (error is not (StoreUnavailableException or InconsistentStateException))
        {
            throw new StoreUnavailableException($"{store}: the call failed.", error);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
