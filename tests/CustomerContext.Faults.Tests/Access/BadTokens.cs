using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>Tokens that must open nothing, made from claims that would.</summary>
internal static class BadTokens
{
    /// <summary>By name: the options of a call with such a token, and why it is refused.</summary>
    public static IEnumerable<(string Name, CallOptions Options, ErrorReason Reason)> Of(DevTokens tokens, Func<Dictionary<string, object>> claims)
    {
        yield return ("no token", default, ErrorReason.TokenMissing);
        yield return ("expired", With(tokens.Sign(Changed(claims(), "exp", Now(-TimeSpan.FromSeconds(60))))), ErrorReason.TokenExpired);
        yield return ("wrong audience", With(tokens.Sign(Changed(claims(), "aud", "another"))), ErrorReason.TokenInvalid);
        yield return ("wrong issuer", With(tokens.Sign(Changed(claims(), "iss", "https://login.example.org"))), ErrorReason.TokenInvalid);
        yield return ("alg=none", With(DevTokens.WithoutSignature("none", claims()) + "."), ErrorReason.TokenInvalid);
        yield return ("HS256 by the public key", With(Hs256(tokens, claims())), ErrorReason.TokenInvalid);
        yield return ("another key", With(DevTokens.OfStranger().Sign(claims())), ErrorReason.TokenInvalid);
    }

    private static CallOptions With(string token) => SiloClient.With(token);

    private static Dictionary<string, object> Changed(Dictionary<string, object> claims, string claim, object value)
    {
        claims[claim] = value;
        return claims;
    }

    private static long Now(TimeSpan ahead) => (TimeProvider.System.GetUtcNow() + ahead).ToUnixTimeSeconds();

    private static string Hs256(DevTokens tokens, Dictionary<string, object> claims)
    {
        var unsigned = DevTokens.WithoutSignature("HS256", claims);
        var signature = HMACSHA256.HashData(Encoding.ASCII.GetBytes(tokens.PublicKeyPem), Encoding.ASCII.GetBytes(unsigned));
        return $"{unsigned}.{Base64Url.EncodeToString(signature)}";
    }
}
