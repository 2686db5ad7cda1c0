using CustomerContext.Domain;
using CustomerContext.Grains.Ledger;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <inheritdoc cref="IStoreScrub"/>
/// <remarks>Redis writes its append-only file anew, and its dump if it keeps one.</remarks>
internal sealed class RedisScrub(RedisStore store, TimeProvider time) : IStoreScrub
{
    private const int Attempts = 200;

    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(100);

    private readonly SharedWork _work = new(() => Rewrite(store, time));

    public Task ScrubAsync() => _work.Run();

    private static async Task Rewrite(RedisStore store, TimeProvider time)
    {
        var info = await Idle(store, time);
        if (info.GetValueOrDefault("aof_enabled") == "1")
        {
            await Begin(store, "BGREWRITEAOF");
            Succeeded(await Idle(store, time), "aof_last_bgrewrite_status");
        }

        if (await KeepsDump(store))
        {
            await Begin(store, "BGSAVE");
            Succeeded(await Idle(store, time), "rdb_last_bgsave_status");
        }
    }

    /// <summary>Waits until nothing is being written anew; what the server says of its files then.</summary>
    private static async Task<Dictionary<string, string>> Idle(RedisStore store, TimeProvider time)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var info = Read(await Call(store, redis => redis.ExecuteAsync("INFO", "persistence")));
            if (info.GetValueOrDefault("aof_rewrite_in_progress") == "0"
                && info.GetValueOrDefault("aof_rewrite_scheduled") == "0"
                && info.GetValueOrDefault("rdb_bgsave_in_progress") == "0")
            {
                return info;
            }

            await Task.Delay(_between, time);
        }

        throw new LedgerUnavailableException("Redis: its files are still being written anew.");
    }

    private static Task<RedisResult> Begin(RedisStore store, string command) => Call(store, redis => redis.ExecuteAsync(command));

    private static async Task<bool> KeepsDump(RedisStore store)
    {
        var reply = (RedisResult[])(await Call(store, redis => redis.ExecuteAsync("CONFIG", "GET", "save")))!;
        return reply.Length == 2 && !string.IsNullOrEmpty((string?)reply[1]);
    }

    private static void Succeeded(Dictionary<string, string> info, string status)
    {
        if (info.GetValueOrDefault(status) != "ok")
        {
            throw new LedgerUnavailableException($"Redis: {status} is not ok.");
        }
    }

    private static Dictionary<string, string> Read(RedisResult info) => ((string)info!)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':', 2))
        .Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static Task<RedisResult> Call(RedisStore store, Func<IDatabase, Task<RedisResult>> call) =>
        LedgerCall.Guard(store.Run(Limits.Storage.GrainStorageDeadline, call));
}
