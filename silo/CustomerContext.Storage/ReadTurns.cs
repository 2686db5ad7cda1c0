using CustomerContext.Domain;

namespace CustomerContext.Storage;

/// <summary>
/// The turns of reads: a store works on so many at once, and the others wait in order. A read's deadline starts with its turn. So nobody is refused because others are being loaded,
/// and what is refused is refused because the store did not answer. Who waits for a turn is refused only if the store answers nobody any more.
/// </summary>
/// <param name="store">Names the store in error texts.</param>
/// <param name="time">The clock.</param>
internal sealed class ReadTurns(string store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(Limits.Storage.ReadsAtOnce);
    private int _waiting;
    private long _answered;

    /// <summary>The answer of <paramref name="read"/>, which begins when it is its turn.</summary>
    /// <exception cref="StoreUnavailableException">Too many wait, or the store answers nobody.</exception>
    public async Task<T> Run<T>(Func<Task<T>> read)
    {
        await Turn();
        try
        {
            var answer = await read();
            Interlocked.Increment(ref _answered);
            return answer;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async ValueTask Turn()
    {
        if (_turns.Wait(0))
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > Limits.Storage.WaitingCalls)
            {
                throw new StoreUnavailableException($"{store}: too many calls are waiting.");
            }

            await InOrder();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task InOrder()
    {
        using var givenUp = new CancellationTokenSource();
        var turn = _turns.WaitAsync(givenUp.Token);
        while (!turn.IsCompleted)
        {
            var answered = Volatile.Read(ref _answered);
            await turn.WaitAsync(Limits.Storage.Standstill, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!turn.IsCompleted && Volatile.Read(ref _answered) == answered)
            {
                // Nobody was answered meanwhile. Otherwise the store only has much to do, and the turn will come.
                await givenUp.CancelAsync();
            }
        }

        try
        {
            await turn;
        }
        catch (OperationCanceledException error)
        {
            throw new StoreUnavailableException($"{store}: it answers nobody.", error);
        }
    }
}
