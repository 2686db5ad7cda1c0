using CustomerContext.Domain;

namespace CustomerContext.Storage;

/// <summary>Asks the store for one small durable write: the only way to see that it is frozen before a caller does. It names nobody.</summary>
public sealed class StoreProbe
{
    private readonly IStoreNotes _notes;
    private readonly StoreStatus _status;
    private readonly TimeProvider _time;
    private readonly Lock _asking = new();
    private (Task<string?> Trouble, long At)? _latest;
    private (Task Done, long Begun)? _write;

    internal StoreProbe(IStoreNotes notes, StoreStatus status, TimeProvider time) => (_notes, _status, _time) = (notes, status, time);

    /// <summary>Why the store cannot be used now, for an operator to read; absent if it has just made a write durable.</summary>
    public Task<string?> Trouble()
    {
        // Whoever asks very often does not make the store write as often.
        lock (_asking)
        {
            if (_latest is not { } latest || (latest.Trouble.IsCompleted && _time.GetElapsedTime(latest.At) >= Limits.Storage.HealthKept))
            {
                _latest = latest = (Ask(), _time.GetTimestamp());
            }

            return latest.Trouble;
        }
    }

    private async Task<string?> Ask()
    {
        await Task.Yield(); // Out of the lock.
        if (_write is not { Done.IsCompleted: false } write)
        {
            _write = write = (_notes.BeatAsync(), _time.GetTimestamp());
        }

        try
        {
            // A write that is still on its way is asked again, and no second one is sent after it: a store that hangs must not be given more and more to do.
            var left = Limits.Storage.HealthAnswer - _time.GetElapsedTime(write.Begun);
            await write.Done.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
            return _status.Trouble;
        }
        catch (TimeoutException)
        {
            return _status.Trouble ?? $"The store has made no write durable within {Limits.Storage.HealthAnswer.TotalSeconds} s.";
        }
        catch (StoreUnavailableException)
        {
            return _status.Trouble ?? "The store takes no writes.";
        }
    }
}
