using CustomerContext.Domain;

namespace CustomerContext.Grains.Tribes;

/// <summary>
/// A shard's rest between two writes. Every write bears all members, so one that wrote as often as messages come would leave nothing to other tribes; what
/// comes meanwhile shares the next.
/// </summary>
internal sealed class Rest(TimeProvider time)
{
    private TaskCompletionSource _end = NewSignal();

    /// <summary>Rests after work that began at <paramref name="begun"/>, a timestamp of the same clock.</summary>
    public async Task After(long begun)
    {
        var length = time.GetElapsedTime(begun) * Limits.Shards.RestTimes;
        await _end.Task
            .WaitAsync(length < Limits.Shards.LongestRest ? length : Limits.Shards.LongestRest, time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _end = _end.Task.IsCompleted ? NewSignal() : _end;
    }

    /// <summary>Something must not wait: the rest is over, or the next one does not begin.</summary>
    public void End() => _end.TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
