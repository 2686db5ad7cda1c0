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

    /// <summary>True once <paramref name="rounds"/> are done. Whatever fails, what is left is not forgotten: it is tried again after a wait.</summary>
    /// <returns>False after trouble that may pass; anything else is thrown.</returns>
    public async Task<bool> Try(Func<Task> rounds)
    {
        try
        {
            await rounds();
            _wait = Limits.Ties.FirstRetry;
            return true;
        }
        catch (Exception error)
        {
            Later();
            if (Trouble.MayPass(error))
            {
                return false;
            }

            throw;
        }
    }

    private void Later()
    {
        Start(_wait);
        _wait = _wait + _wait < Limits.Ties.LongestRetry ? _wait + _wait : Limits.Ties.LongestRetry;
    }

    private void Start(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = grain.RegisterGrainTimer(_ => work(), new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true });
    }
}
