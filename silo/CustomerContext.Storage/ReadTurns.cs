using System.Diagnostics.CodeAnalysis;
using CustomerContext.Domain;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Storage;

/// <summary>
/// The turns of loading: a store loads so many grains at once, and the others wait in order. The deadline of a read starts with its turn. So who is loaded is not refused because others
/// are being loaded, as long as no more than <see cref="Limits.Storage.WaitingCalls"/> wait and the store answers anybody.
/// </summary>
/// <remarks>Only for what is loaded cold. Who is in memory already does not wait here: consent must not wait behind strangers.</remarks>
/// <param name="store">Names the store in error texts and in the log.</param>
/// <param name="time">The clock.</param>
/// <param name="failures">Where an operator hears of reads that never got a turn.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "The semaphore has no handle to let go. Disposed of, it would let its waiters wait for ever.")]
internal sealed class ReadTurns(string store, TimeProvider time, FailureReport failures)
{
    private readonly SemaphoreSlim _turns = new(Limits.Storage.ReadsAtOnce);
    private int _waiting;
    private long _answeredAt = time.GetTimestamp();

    /// <summary>The answer of <paramref name="read"/>, which begins when it is its turn.</summary>
    /// <exception cref="StoreUnavailableException">Too many wait, or the store answers nobody.</exception>
    public async Task<T> Run<T>(Func<Task<T>> read)
    {
        await Turn();
        try
        {
            var answer = await read();
            Volatile.Write(ref _answeredAt, time.GetTimestamp());
            return answer;
        }
        finally
        {
            _turns.Release();
        }
    }

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
        catch (StoreUnavailableException error)
        {
            failures.NoteStore(store, error);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task InOrder()
    {
        using var givenUp = new CancellationTokenSource();
        var begun = time.GetTimestamp();
        var turn = _turns.WaitAsync(givenUp.Token);
        while (!turn.IsCompleted)
        {
            // While anybody is answered, the store only has much to do, and the turn will come.
            var left = Limits.Storage.Standstill - time.GetElapsedTime(Math.Max(begun, Volatile.Read(ref _answeredAt)));
            if (left > TimeSpan.Zero)
            {
                await turn.WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
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
