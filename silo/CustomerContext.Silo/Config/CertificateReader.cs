using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CustomerContext.Silo.Config;

/// <summary>A certificate with its private key, and the certificates that were in its file beside it, which lead to its authority.</summary>
internal sealed record OwnCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain);

/// <summary>The cluster that a silo belongs to: its name, what this silo shows to the others, and the authority whose certificates it believes.</summary>
internal sealed record ClusterIdentity(string Id, OwnCertificate Own, X509Certificate2 Authority);

/// <summary>Reads certificates, and notes everything that is wrong with them. Errors name the setting and never what a file holds.</summary>
internal sealed class CertificateReader(ConfigErrors errors)
{
    /// <summary>The certificate of gRPC and HTTP; absent if none is set.</summary>
    public OwnCertificate? OfDoors(SiloOptions options) =>
        Own(options.Certificate, options.CertificateKey, options.CertificatePassword, nameof(options.Certificate));

    /// <summary>What silos show each other; absent if none is set.</summary>
    public ClusterIdentity? OfCluster(SiloOptions options)
    {
        var own = Own(options.ClusterCertificate, options.ClusterCertificateKey, null, nameof(options.ClusterCertificate));
        if (options.ClusterCertificate is null != options.ClusterAuthority is null)
        {
            errors.Add(nameof(options.ClusterAuthority), "and ClusterCertificate are set together or not at all");
            return null;
        }

        var authority = Authority(options.ClusterAuthority, nameof(options.ClusterAuthority));
        return own is not null && authority is not null ? new ClusterIdentity(options.ClusterId, own, authority) : null;
    }

    /// <summary>The authority that vouches for Redis; absent if none is set.</summary>
    public X509Certificate2? OfRedisAuthority(SiloOptions options) => Authority(options.RedisAuthority, nameof(options.RedisAuthority));

    /// <summary>What is shown to Redis; absent if none is set.</summary>
    public OwnCertificate? OfRedis(SiloOptions options) => Own(options.RedisCertificate, options.RedisCertificateKey, null, nameof(options.RedisCertificate));

    private X509Certificate2? Authority(string? file, string key) => file is null ? null : Read(() => X509CertificateLoader.LoadCertificateFromFile(file), key);

    private OwnCertificate? Own(string? file, string? keyFile, string? password, string key)
    {
        if (file is null)
        {
            if (keyFile is not null || password is not null)
            {
                errors.Add(key, "is needed when its key or password is set");
            }

            return null;
        }

        return Read(() => Path.GetExtension(file) is ".pfx" or ".p12" ? FromPfx(file, password) : FromPem(file, keyFile), key);
    }

    private static OwnCertificate FromPfx(string file, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        return new OwnCertificate(all.First(one => one.HasPrivateKey), all);
    }

    private static OwnCertificate FromPem(string file, string? keyFile)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        return new OwnCertificate(X509Certificate2.CreateFromPemFile(file, keyFile), chain);
    }

    private T? Read<T>(Func<T> read, string key)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or InvalidOperationException)
        {
            errors.Add(key, $"is no certificate that can be used: {error.Message}");
            return null;
        }
    }
}
