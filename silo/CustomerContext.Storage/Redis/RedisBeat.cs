using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>
/// A number in the store that each beat makes one higher, so that a store which went back to what it was earlier is noticed: a failover that lost writes, an old dump, an emptied store. Then it
/// has consent that was withdrawn since.
/// </summary>
internal sealed class RedisBeat
{
    private const string Count = "return redis.call('INCR', KEYS[1])";
    private static readonly RedisKey[] _key = ["customercontext/beat"];

    private long _seen;

    /// <summary>One small durable write; false if the number is not higher than one that was seen before.</summary>
    public async Task<bool> Next(IDatabase redis)
    {
        var seen = Interlocked.Read(ref _seen);
        var now = (long)await redis.ScriptEvaluateAsync(Count, _key, [], CommandFlags.DemandMaster);

        // Beats may overlap, so the highest stays.
        for (var last = seen; now > last;)
        {
            var found = Interlocked.CompareExchange(ref _seen, now, last);
            last = found == last ? now : found;
        }

        return now > seen;
    }
}
