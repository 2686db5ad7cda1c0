using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CustomerContext.Silo.Config;
using Orleans.Connections.Security;
using Orleans.Hosting;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// Mutual TLS on Orleans' port, which takes a call of any grain from whoever gets through. A silo alone makes a certificate in memory at each start and believes that one only, so nobody gets
/// through. In a cluster a peer's certificate must come from the pinned private authority.
/// </summary>
internal static class SiloTls
{
    /// <summary>The DNS name that the certificate of every silo of a cluster carries.</summary>
    public const string Name = "silo.customercontext.internal";

    /// <summary>What the certificate of a silo is for: each is the server of some connections and the client of others.</summary>
    public static OidCollection Uses => [new Oid(ServerUse), new Oid(ClientUse)];

    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const int Years = 10;

    /// <summary>Uses it, as <paramref name="cluster"/> says; absent: alone.</summary>
    public static void UseSiloTls(this ISiloBuilder silo, ClusterIdentity? cluster)
    {
        var own = cluster?.Own.Certificate ?? Make();
        silo.UseTls(options =>
        {
            options.LocalCertificate = own;
            options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;

            // A validation of one's own replaces all that is built in, and what is built in believes every authority of the machine.
            options.RemoteCertificateValidation = (certificate, chain, _) => cluster is null
                ? certificate.RawDataMemory.Span.SequenceEqual(own.RawDataMemory.Span)
                : IsOfCluster(certificate, chain, cluster.Authority);
            options.OnAuthenticateAsClient = (_, tls) => tls.TargetHost = Name;
        });
    }

    /// <summary>True if <paramref name="certificate"/> comes from <paramref name="authority"/>, is within its time, is for silos, and carries their name.</summary>
    private static bool IsOfCluster(X509Certificate2 certificate, X509Chain? received, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // A private authority has no public list; a lost key means a new authority.
        chain.ChainPolicy.ExtraStore.AddRange(received?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);
        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(use => use.Value).ToHashSet();
        return certificate.MatchesHostname(Name) && uses.IsSupersetOf([ServerUse, ClientUse]) && chain.Build(certificate);
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Uses, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));

        // Not every platform's TLS takes a key that was never in a file format.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
