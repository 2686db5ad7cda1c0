using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>What happened: <see cref="Changed"/>, <see cref="Interrupted"/>, <see cref="Resumed"/> or, at last, <see cref="Ended"/>.</summary>
public abstract record WatchEvent
{
    private WatchEvent()
    {
    }

    /// <summary>The context changed, or this is the first look at it.</summary>
    /// <param name="Frame">What changed, as it came: the full value of each facet that changed. May repeat what was known, after resuming.</param>
    /// <param name="Current">All that is granted as it is now, frames so far put together. A value of its own: it does not change later.</param>
    public sealed record Changed(ContextFrame Frame, Context Current) : WatchEvent;

    /// <summary>The stream broke and will be resumed; what was shown may be old until <see cref="Resumed"/> or <see cref="Changed"/>.</summary>
    /// <param name="Cause">What broke it. Absent: the server ended it in good order and asked to resume.</param>
    /// <param name="RetryDelay">The wait before the next try.</param>
    public sealed record Interrupted(CustomerContextException? Cause, TimeSpan RetryDelay) : WatchEvent;

    /// <summary>The stream is open again after <see cref="Interrupted"/>, and nothing has changed so far: what was shown holds.</summary>
    public sealed record Resumed : WatchEvent;

    /// <summary>The watch is over and was not resumed; the last event. Forget what was shown if the grant was revoked.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Ended(WatchEndReason Reason) : WatchEvent;
}
