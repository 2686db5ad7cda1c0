using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>What a server promises to keep.</summary>
internal static class RedisDurability
{
    /// <summary>The weakest promise of all servers that are connected.</summary>
    /// <exception cref="StorageStartException">It is too weak, and nobody has accepted that.</exception>
    public static async Task<StoreDurability> Of(IConnectionMultiplexer redis, bool acceptLoss)
    {
        var weakest = StoreDurability.EveryWrite;
        foreach (var server in redis.GetEndPoints().Select(endpoint => redis.GetServer(endpoint)).Where(server => server.IsConnected))
        {
            var promise = await Of(server, acceptLoss);
            weakest = promise < weakest ? promise : weakest;
        }

        return weakest;
    }

    private static async Task<StoreDurability> Of(IServer server, bool acceptLoss)
    {
        try
        {
            return (await Read(server, "appendonly"), await Read(server, "appendfsync"), await Read(server, "maxmemory-policy")) switch
            {
                (not "yes", _, _) => Weak(acceptLoss, "writes no append-only file (appendonly no)", "set 'appendonly yes'"),
                (_, _, var policy) when policy.StartsWith("allkeys", StringComparison.Ordinal) =>
                    Weak(acceptLoss, $"throws keys away when memory is short (maxmemory-policy {policy})", "set 'maxmemory-policy noeviction'"),
                (_, "always", _) => StoreDurability.EveryWrite,
                (_, "everysec", _) => StoreDurability.EverySecond,
                _ => Weak(acceptLoss, "leaves flushing to the system (appendfsync no)", "set 'appendfsync everysec' or 'always'"),
            };
        }
        catch (RedisServerException)
        {
            return StoreDurability.Unknown; // A managed Redis that does not tell.
        }
    }

    private static async Task<string> Read(IServer server, string setting) => (await server.ConfigGetAsync(setting)).SingleOrDefault().Value ?? "";

    private static StoreDurability Weak(bool acceptLoss, string what, string remedy) => acceptLoss
        ? StoreDurability.AcceptedLoss
        : throw new StorageStartException($"This Redis {what}, so what it acknowledges may be lost. In its configuration {remedy}, or start with --accept-loss.");
}
