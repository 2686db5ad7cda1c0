using CustomerContext.Domain;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Durability;

/// <summary>
/// Work that a grain does behind its answers until it succeeds. One run at a time. After a run that failed the next one comes by itself, after a wait that doubles from
/// <see cref="Limits.Ties.FirstRetry"/> to <see cref="Limits.Ties.LongestRetry"/>. When the grain leaves memory the repeats end:
/// whoever owns the work has it begun again from what is stored, as <c>TiesKeeper.Begin</c> does.
/// </summary>
/// <param name="grain">Whose work it is.</param>
/// <param name="name">Names the work to an operator; never a person.</param>
/// <param name="work">What to do. May be done again at any time.</param>
/// <param name="failures">Where an operator hears of failures.</param>
internal sealed class RepeatedWork(IGrainBase grain, string name, Func<Task> work, FailureReport failures)
{
    private IGrainTimer? _timer;
    private Task<bool>? _running;
    private bool _isAskedAgain;
    private TimeSpan _wait = Limits.Ties.FirstRetry;

    /// <summary>Runs it as soon as the grain has nothing else to do.</summary>
    public void Soon() => Start(TimeSpan.Zero);

    /// <summary>Runs it after the wait that follows a run which failed.</summary>
    public void Later()
    {
        Start(_wait);
        _wait = _wait + _wait < Limits.Ties.LongestRetry ? _wait + _wait : Limits.Ties.LongestRetry;
    }

    /// <summary>
    /// Runs it now. If it runs already, it runs once more after that: the first run may have looked before there was something new to do. The answer then counts for both runs.
    /// </summary>
    /// <returns>True if it succeeded; false if it failed and will be repeated. Never throws.</returns>
    public Task<bool> Run()
    {
        _isAskedAgain = _running is { IsCompleted: false };
        return _isAskedAgain ? _running! : _running = Try();
    }

    private async Task<bool> Try()
    {
        try
        {
            do
            {
                _isAskedAgain = false;
                await work();
            }
            while (_isAskedAgain);

            _wait = Limits.Ties.FirstRetry;
            return true;
        }
        catch (Exception error)
        {
            // The next run is arranged before the failure is told, so that whoever hears of the failure finds the next run waiting.
            Later();
            failures.Note(name, error);
            return false;
        }
    }

    private void Start(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = grain.RegisterGrainTimer(_ => Run(), new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true });
    }
}
