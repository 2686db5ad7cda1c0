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
    public static ConfigurationOptions Of(RedisAccess access, IEnumerable<string> servers)
    {
        // Several primaries have no place here, so no key says which one is.
        var redis = new ConfigurationOptions { User = access.User, Password = access.Password, Ssl = access.IsTls, TieBreaker = "" };
        foreach (var server in servers)
        {
            redis.EndPoints.Add(server);
        }

        if (access.Authority is { } authority)
        {
            redis.TrustIssuer(authority);
        }

        if (access.Certificate is { } own)
        {
            redis.CertificateSelection += (_, _, _, _, _) => own;
        }

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
