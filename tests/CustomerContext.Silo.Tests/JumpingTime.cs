namespace CustomerContext.Silo.Tests;

/// <summary>
/// A calendar that stands still until a test sets it, over timers that run as ever: so a test can jump over years without every timer of the silo firing a hundred thousand
/// times on the way.
/// </summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _nowTicks = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _nowTicks), TimeSpan.Zero);

    public void JumpTo(DateTimeOffset moment) => Interlocked.Exchange(ref _nowTicks, moment.UtcTicks);

    public void Jump(TimeSpan by) => Interlocked.Add(ref _nowTicks, by.Ticks);
}
