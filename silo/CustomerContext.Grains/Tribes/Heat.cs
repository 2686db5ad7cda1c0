using CustomerContext.Domain;

namespace CustomerContext.Grains.Tribes;

/// <summary>How much a shard is being written to: a hot one takes no new members beyond <see cref="Limits.Shards.HotMembers"/>, so that the tribe opens another.</summary>
internal sealed class Heat(TimeProvider time)
{
    private long _minute;
    private int _now;
    private int _before;

    /// <summary>True if the last whole minute, or this one so far, saw more than <see cref="Limits.Shards.HotChanges"/>.</summary>
    public bool IsHot => Math.Max(_now, _before) > Limits.Shards.HotChanges;

    /// <summary>One message came.</summary>
    public void Note()
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (minute != _minute)
        {
            _before = minute == _minute + 1 ? _now : 0;
            (_minute, _now) = (minute, 0);
        }

        _now++;
    }
}
