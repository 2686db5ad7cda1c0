namespace Orleans.Runtime;

/// <summary>Calls a grain at its reminder's times: start, start + period, and so on. A time missed is not made up for.</summary>
internal sealed class LocalReminder
{
    private readonly Silo _silo;
    private readonly ReminderEntry _entry;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopped = new();

    public LocalReminder(Silo silo, ReminderEntry entry, TimeProvider time)
    {
        _silo = silo;
        _entry = entry;
        _time = time;
        _ = Task.Run(Tick);
    }

    public string? ETag => _entry.ETag;

    public void Stop() => _stopped.Cancel();

    private async Task Tick()
    {
        var grain = _silo.GetGrain<IRemindable>(_entry.GrainId);
        for (var wait = UntilFirst(); ; wait = UntilNext())
        {
            await Task.Delay(Whole(wait), _time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await grain.ReceiveReminder(_entry.ReminderName, new TickStatus(_entry.StartAt, _entry.Period, _time.GetUtcNow().UtcDateTime));
            }
            catch (Exception error)
            {
                _silo.Log.ReminderFailed(error, _entry.GrainId.Type);
            }
        }
    }

    private TimeSpan UntilFirst() => _time.GetUtcNow().UtcDateTime == _entry.StartAt ? TimeSpan.Zero : UntilNext();

    /// <summary>More than nothing: what is due at this very moment has just been delivered.</summary>
    private TimeSpan UntilNext()
    {
        var late = _time.GetUtcNow().UtcDateTime - _entry.StartAt;
        return late < TimeSpan.Zero ? -late : TimeSpan.FromTicks(_entry.Period.Ticks - (late.Ticks % _entry.Period.Ticks));
    }

    /// <summary>A delay drops parts of a millisecond: a tick before its time would be delivered again and again until it has come.</summary>
    private static TimeSpan Whole(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
