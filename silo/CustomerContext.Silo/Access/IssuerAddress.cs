namespace CustomerContext.Silo.Access;

/// <summary>Where an issuer's keys may be fetched from.</summary>
internal static class IssuerAddress
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";

    /// <summary>True if nobody on the way could put in a key of their own: https, or http that does not leave the machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>The discovery document of <paramref name="issuer"/> (OpenID Connect Discovery 1.0, 4.1).</summary>
    public static Uri DiscoveryOf(string issuer) => new(issuer.TrimEnd('/') + DiscoveryPath);
}
