namespace CustomerContext.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire in order of their due time, on the thread that moves the clock, and each sees
/// the clock at its own due time. Safe for use from many threads; <see cref="Advance"/> is meant for one at a time.
/// <para>
/// What a timer runs may wait by reading the clock until a moment has come: Orleans does so for the part of a millisecond that a task's delay drops.
/// Such a reader sees the clock go on.
/// </para>
/// </summary>
public sealed class FakeTime : TimeProvider
{
    private const int ReadsOfAStandingClock = 1000;
    private const int TimersShown = 5;
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<(FakeTimer Timer, long Arming), (long DueTicks, long Arming)> _due = new();
    private readonly List<(long DueTicks, TaskCompletionSource Armed)> _waitingForTimers = [];
    private long _nowTicks;
    private long _armings;

    /// <summary>How often this thread has read a clock since it last fired a timer and is in it still; absent if it fires none. Several threads may fire at once.</summary>
    [ThreadStatic]
    private static int? _readsWhileFiring;

    /// <summary>A clock at 2026-01-01T00:00:00Z.</summary>
    public FakeTime() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock at <paramref name="start"/>.</summary>
    public FakeTime(DateTimeOffset start) => _nowTicks = start.UtcTicks;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Read(), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Read();

    /// <summary>Moves the clock forward and fires what falls due on the way, periods included.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + by);
    }

    /// <summary>Moves the clock forward to a moment and fires what falls due on the way, periods included.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moment, GetUtcNow());
        while (NextDue(moment.UtcTicks) is { } timer)
        {
            var outer = _readsWhileFiring;
            _readsWhileFiring = 0;
            timer.Fire();
            _readsWhileFiring = outer;
        }

        GoOnTo(moment.UtcTicks);
    }

    /// <summary>Done once a timer is due at that moment: what a test awaits before it moves the clock there, when other threads set the timer.</summary>
    /// <exception cref="TimeoutException">Nobody has set one for 20 real seconds; says which are set.</exception>
    public Task TimerDueAt(DateTimeOffset moment)
    {
        lock (_lock)
        {
            if (_due.UnorderedItems.Any(item => item.Priority.DueTicks == moment.UtcTicks && item.Element.Timer.Arming == item.Element.Arming))
            {
                return Task.CompletedTask;
            }

            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waitingForTimers.Add((moment.UtcTicks, armed));
            return InTime(armed.Task, moment);
        }
    }

    /// <summary>The wait for a timer at that moment; when nobody sets it, what is set instead is what the test needs to know.</summary>
    private async Task InTime(Task armed, DateTimeOffset moment)
    {
        try
        {
            await armed.WaitAsync(TooLong);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No timer was set for {moment:O}. It is {GetUtcNow():O}; timers are set for {string.Join(", ", Near(moment).Select(due => due.ToString("O")))}.");
        }
    }

    private DateTimeOffset[] Near(DateTimeOffset moment)
    {
        lock (_lock)
        {
            return [.. _due.UnorderedItems
                .Where(item => item.Element.Timer.Arming == item.Element.Arming)
                .Select(item => new DateTimeOffset(item.Priority.DueTicks, TimeSpan.Zero))
                .OrderBy(due => (due - moment).Duration())
                .Take(TimersShown)];
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private long Read() => _readsWhileFiring is not null && ++_readsWhileFiring > ReadsOfAStandingClock
        ? Interlocked.Increment(ref _nowTicks)
        : Interlocked.Read(ref _nowTicks);

    /// <summary>Several threads may move the clock; it never goes back.</summary>
    private void GoOnTo(long ticks)
    {
        for (var now = Interlocked.Read(ref _nowTicks); now < ticks; now = Interlocked.Read(ref _nowTicks))
        {
            Interlocked.CompareExchange(ref _nowTicks, ticks, now);
        }
    }

    private void Arm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            timer.Arming = ++_armings;
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                var dueTicks = _nowTicks + dueTime.Ticks;
                _due.Enqueue((timer, timer.Arming), (dueTicks, timer.Arming));
                foreach (var (_, armed) in _waitingForTimers.Where(waiting => waiting.DueTicks == dueTicks))
                {
                    armed.TrySetResult();
                }

                _waitingForTimers.RemoveAll(waiting => waiting.DueTicks == dueTicks);
            }
        }
    }

    private FakeTimer? NextDue(long untilTicks)
    {
        lock (_lock)
        {
            while (_due.TryPeek(out var armed, out var at) && at.DueTicks <= untilTicks)
            {
                _due.Dequeue();
                if (armed.Timer.Arming != armed.Arming)
                {
                    continue; // changed or disposed since
                }

                GoOnTo(at.DueTicks);
                if (armed.Timer.Period > TimeSpan.Zero)
                {
                    Arm(armed.Timer, armed.Timer.Period, armed.Timer.Period);
                }

                return armed.Timer;
            }

            return null;
        }
    }

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>Which arming is the live one; entries of earlier ones are void.</summary>
        public long Arming { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Arm(this, dueTime, period);
            if (dueTime == TimeSpan.Zero)
            {
                time.AdvanceTo(time.GetUtcNow());
            }

            return true;
        }

        public void Dispose() => time.Arm(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
