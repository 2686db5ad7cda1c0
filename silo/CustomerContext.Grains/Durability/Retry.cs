using CustomerContext.Domain;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Durability;

/// <summary>Tries something again, with waits that double, while its grain is in memory; what is left when it goes is tried when it comes back.</summary>
internal sealed class Retry(IGrainBase grain, Func<Task> work)
{
    private IGrainTimer? _timer;
    private TimeSpan _wait = Limits.Ties.FirstRetry;

    /// <summary>As soon as the grain has nothing else to do.</summary>
    public void Soon() => Start(TimeSpan.Zero);

    /// <summary>After a wait, longer than the last one.</summary>
    public void Later()
    {
        Start(_wait);
        _wait = _wait + _wait < Limits.Ties.LongestRetry ? _wait + _wait : Limits.Ties.LongestRetry;
    }

    /// <summary>The next wait is the first one again.</summary>
    public void Succeeded() => _wait = Limits.Ties.FirstRetry;

    private void Start(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = grain.RegisterGrainTimer(_ => work(), new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true });
    }
}
