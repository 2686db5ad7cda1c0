using CustomerContext.Domain;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>One open watch: what it may see, whether a frame of it is out, and whether it has been told to end.</summary>
internal sealed class Watch(string name, WatchRequest request, ReadDecision decision, DateTimeOffset openedAt)
{
    private TaskCompletionSource? _back;
    private TaskCompletionSource? _wake;
    private long? _frameLeftAt;

    /// <summary>Names the watch in calls and ties its records together.</summary>
    public string Name => name;

    /// <summary>What was asked for.</summary>
    public WatchRequest Request => request;

    /// <summary>The read that is repeated for each frame.</summary>
    public ReadRequest Read => request.Look.Read;

    /// <summary>What may be seen since the last look at consent.</summary>
    public ReadDecision Decision { get; private set; } = decision;

    /// <summary>The linked customer's say in the last look at consent.</summary>
    public Partner Partner { get; set; }

    /// <summary>The record that its frames fall under: of its opening, or of its current hour.</summary>
    public Digest Record { get; set; }

    /// <summary>When the next hourly record is due.</summary>
    public DateTimeOffset HourEnds { get; set; } = openedAt + Limits.Watches.RecordEvery;

    /// <summary>What was known when the last frame was made; absent before the first.</summary>
    public Learnt? Seen { get; set; }

    /// <summary>When the values shown last have faded enough to be shown anew.</summary>
    public DateTimeOffset GoodUntil { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Why it has to end; absent while it goes on. The first reason stays.</summary>
    public WatchEnd? End { get; private set; }

    /// <summary>True while a frame may be on its way to the reader.</summary>
    public bool IsFrameOut => _frameLeftAt is not null;

    /// <summary>When the latest signals arrived, a timestamp of the grain's clock, if the frame on its way is the first that shows them; absent otherwise.</summary>
    public long? IsShowing { get; set; }

    /// <summary>True while a frame is on its way that names grants which do not count any more.</summary>
    public bool IsFrameOutdated { get; private set; }

    /// <summary>From now on this may be seen: no less than before, though perhaps under other grants.</summary>
    public void Allow(ReadDecision next)
    {
        IsFrameOutdated |= IsFrameOut && !next.Grants.SequenceEqual(Decision.Grants);
        Decision = next;
    }

    /// <summary>Tells the watch to end, and wakes whoever waits for its next step.</summary>
    public void Stop(WatchEnd reason)
    {
        End ??= reason;
        Wake();
    }

    /// <summary>A frame leaves for the reader.</summary>
    /// <param name="timestamp">When, as a timestamp of the grain's clock: a step of the time of day must not shorten the wait of a revoke.</param>
    public void FrameLeaves(long timestamp)
    {
        _frameLeftAt = timestamp;
        _back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The reader has the frame, or will never get it.</summary>
    public void FrameIsBack()
    {
        _frameLeftAt = null;
        IsFrameOutdated = false;
        IsShowing = null;
        _back?.TrySetResult();
    }

    /// <summary>Done when no frame is on its way.</summary>
    public Task Back => !IsFrameOut || _back is null ? Task.CompletedTask : _back.Task;

    /// <summary>How long the frame that is out may still be on its way; zero if none is.</summary>
    public TimeSpan FrameTimeLeft(TimeProvider time) =>
        _frameLeftAt is { } leftAt && Limits.Watches.FrameWrite - time.GetElapsedTime(leftAt) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Something may have changed.</summary>
    public void Wake() => _wake?.TrySetResult();

    /// <summary>Done when something may have changed after this was asked for.</summary>
    public Task Woken()
    {
        _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _wake.Task;
    }
}

/// <summary>How much is known of a customer and of the one who is linked with them. Equal values mean that nothing new is.</summary>
/// <param name="Own">Things learnt of the customer.</param>
/// <param name="OfPartner">How often the linked customer said that they had learnt something.</param>
internal readonly record struct Learnt(long Own, long OfPartner);
