using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Standins.Tests.OrleansTests;

internal interface ITimerGrain : IGrainWithStringKey
{
    Task Start(TimeSpan due, TimeSpan period, bool interleave);

    Task Stop();

    Task WaitFor(string signal);
}

internal sealed class TimerGrain(Signals signals) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    public Task Start(TimeSpan due, TimeSpan period, bool interleave)
    {
        var scheduler = TaskScheduler.Current;
        _timer = this.RegisterGrainTimer(
            _ =>
            {
                signals.Note(TaskScheduler.Current == scheduler ? $"tick {++_ticks}" : "tick elsewhere");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task WaitFor(string signal)
    {
        signals.Note("begin " + signal);
        await signals.When(signal);
        signals.Note("end " + signal);
    }
}
