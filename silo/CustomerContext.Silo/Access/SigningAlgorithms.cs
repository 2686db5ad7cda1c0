using System.Collections.Frozen;

namespace CustomerContext.Silo.Access;

/// <summary>How an issuer's tokens may be signed: with a private key only. A shared secret (HS256 and its like) or nothing at all (none) never is.</summary>
internal static class SigningAlgorithms
{
    /// <summary>JWS names (RFC 7518, 3.1).</summary>
    public static FrozenSet<string> All { get; } =
        FrozenSet.ToFrozenSet(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"], StringComparer.Ordinal);
}
