using CustomerContext.Storage.Redis;

namespace CustomerContext.Silo.Config;

/// <summary>Reads where Redis is and how it is entered, and notes everything that is wrong with it.</summary>
internal sealed class RedisReader(ConfigErrors errors, CertificateReader certificates)
{
    /// <summary>The Redis that keeps everything; absent if none is set.</summary>
    public RedisAccess? Read(SiloOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Redis))
        {
            NeedsRedis(options);
            return null;
        }

        var servers = options.Redis.Split(',', StringSplitOptions.TrimEntries);
        if (servers.Any(server => !IsServer(server)))
        {
            errors.Add(nameof(options.Redis), "must be HOST:PORT; several, with commas between, only for Sentinels");
        }
        else if (servers.Length > 1 && Given(options.RedisService) is null)
        {
            errors.Add(nameof(options.Redis), "names several servers: only Sentinels are several, and then RedisService is needed");
        }

        Check(options);
        return new RedisAccess
        {
            Servers = servers,
            Service = Given(options.RedisService),
            User = Given(options.RedisUser),
            Password = Given(options.RedisPassword),
            IsTls = options.RedisTls,
            Authority = certificates.OfRedisAuthority(options),
            Certificate = certificates.OfRedis(options)?.Certificate,
        };
    }

    private void Check(SiloOptions options)
    {
        if (Given(options.RedisUser) is not null && Given(options.RedisPassword) is null)
        {
            errors.Add(nameof(options.RedisPassword), "is needed when RedisUser is set");
        }

        if (!options.RedisTls)
        {
            Needs(options.RedisAuthority is not null, nameof(options.RedisAuthority), nameof(options.RedisTls));
            Needs(options.RedisCertificate is not null, nameof(options.RedisCertificate), nameof(options.RedisTls));
        }
    }

    private void NeedsRedis(SiloOptions options)
    {
        (bool IsSet, string Key)[] settings =
        [
            (options.AcceptLoss, nameof(options.AcceptLoss)),
            (options.AcceptStore, nameof(options.AcceptStore)),
            (options.ClusterCertificate is not null, nameof(options.ClusterCertificate)),
            (Given(options.RedisService) is not null, nameof(options.RedisService)),
            (Given(options.RedisUser) is not null, nameof(options.RedisUser)),
            (Given(options.RedisPassword) is not null, nameof(options.RedisPassword)),
            (options.RedisTls, nameof(options.RedisTls)),
            (options.RedisAuthority is not null, nameof(options.RedisAuthority)),
            (options.RedisCertificate is not null, nameof(options.RedisCertificate)),
            (options.RedisCertificateKey is not null, nameof(options.RedisCertificateKey)),
        ];
        foreach (var (isSet, key) in settings)
        {
            Needs(isSet, key, nameof(options.Redis));
        }
    }

    /// <summary>An empty variable of the environment says nothing.</summary>
    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private void Needs(bool isSet, string key, string needed)
    {
        if (isSet)
        {
            errors.Add(key, $"needs {needed}");
        }
    }

    /// <summary>Nothing but a host and a port: options of a Redis client, which could undo what the store relies on, are no part of it.</summary>
    private static bool IsServer(string text) =>
        Uri.TryCreate($"redis://{text}", UriKind.Absolute, out var address) && address is { Port: > 0, UserInfo: "", PathAndQuery: "" or "/", Fragment: "" }
        && address.Host.Length > 0 && text.EndsWith($":{address.Port}", StringComparison.Ordinal);
}
