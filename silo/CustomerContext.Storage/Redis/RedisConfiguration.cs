using CustomerContext.Domain;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>How every connection to Redis is made.</summary>
internal static class RedisConfiguration
{
    /// <summary>
    /// Nothing waits for a connection that is down, since every call has a deadline and a caller who can do better with a quick no; a peer that has
    /// gone silent is
    /// noticed in seconds, not when TCP gives up; and reading the server's durability needs what the client calls an administrator.
    /// </summary>
    public static ConfigurationOptions Of(RedisStoreOptions options)
    {
        var redis = ConfigurationOptions.Parse(options.Configuration);
        redis.AbortOnConnectFail = false;
        redis.AllowAdmin = true;
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.ConnectTimeout = (int)Limits.Storage.RedisConnect.TotalMilliseconds;
        redis.ReconnectRetryPolicy = new LinearRetry((int)Limits.Storage.RedisReconnect.TotalMilliseconds);
        redis.KeepAlive = (int)Limits.Storage.RedisKeepAlive.TotalSeconds;
        redis.TcpKeepAlive = true;
        return redis;
    }
}
