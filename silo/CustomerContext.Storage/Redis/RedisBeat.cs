using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>What a beat showed.</summary>
internal enum BeatResult
{
    /// <summary>All is well.</summary>
    Regular = 1,

    /// <summary>The store has less than it was seen to have.</summary>
    WentBack,

    /// <summary>This machine's clock and the store's differ by too much.</summary>
    ClocksApart,
}

/// <summary>
/// A number in the store that each beat makes one higher, so that a store which went back to what it was earlier is noticed: a failover that lost writes, an old dump, an emptied store. Then it
/// has consent that was withdrawn since. The store's clock comes with it: silos whose clocks differ would end the same grant at different times, one of them too late.
/// </summary>
/// <param name="apart">How far the clocks may differ.</param>
/// <param name="time">This machine's clock.</param>
internal sealed class RedisBeat(TimeSpan apart, TimeProvider time)
{
    private const string Count = "return {redis.call('INCR', KEYS[1]), unpack(redis.call('TIME'))}";
    private static readonly RedisKey[] _key = ["customercontext/beat"];

    private long _seen;

    /// <summary>One small durable write.</summary>
    public async Task<BeatResult> Next(IDatabase redis)
    {
        var seen = Interlocked.Read(ref _seen);
        var asked = time.GetUtcNow();
        var reply = (RedisResult[])(await redis.ScriptEvaluateAsync(Count, _key, [], CommandFlags.DemandMaster))!;
        var answered = time.GetUtcNow();
        var now = (long)reply[0];

        // Beats may overlap, so the highest stays.
        for (var last = seen; now > last;)
        {
            var found = Interlocked.CompareExchange(ref _seen, now, last);
            last = found == last ? now : found;
        }

        return now <= seen ? BeatResult.WentBack : AreApart(asked, At(reply), answered) ? BeatResult.ClocksApart : BeatResult.Regular;
    }

    /// <summary>The store's clock was read between the two moments, however long the call took.</summary>
    private bool AreApart(DateTimeOffset asked, DateTimeOffset store, DateTimeOffset answered) => asked - store > apart || store - answered > apart;

    private static DateTimeOffset At(RedisResult[] reply) => DateTimeOffset.FromUnixTimeSeconds((long)reply[1]).AddMicroseconds((long)reply[2]);
}
