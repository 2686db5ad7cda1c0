using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <inheritdoc cref="IStoreNotes"/>
internal sealed class RedisNotes(RedisStore store) : IStoreNotes
{
    private readonly TimeSpan _deadline = store.Options.GrainStorageDeadline;

    public Task<string?> ReadAsync(string name) => store.Run(_deadline, async redis =>
    {
        var found = (string?)await redis.ScriptEvaluateAsync("return redis.call('GET', KEYS[1])", [KeyOf(name)], [], CommandFlags.DemandMaster);
        if (found is null)
        {
            await store.Confirm(redis);
        }

        return found;
    });

    public Task WriteAsync(string name, string text) => store.Run(
        _deadline, redis => redis.ScriptEvaluateAsync("return redis.call('SET', KEYS[1], ARGV[1])", [KeyOf(name)], [text], CommandFlags.DemandMaster));

    public Task<string> WriteOnceAsync(string name, string text) => store.Run(_deadline, async redis => (string)(await redis.ScriptEvaluateAsync(
        "redis.call('SET', KEYS[1], ARGV[1], 'NX') return redis.call('GET', KEYS[1])", [KeyOf(name)], [text], CommandFlags.DemandMaster))!);

    public Task BeatAsync() => store.Run(_deadline, store.Beat);

    private static RedisKey KeyOf(string name) => $"customercontext/note/{name}";
}
