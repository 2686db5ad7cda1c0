using System.Collections.Immutable;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Silo.Config;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>Fetches an issuer's keys over HTTP: where they are by discovery (OpenID Connect Discovery 1.0), then the key set (RFC 7517).</summary>
internal sealed class KeyFetcher : IDisposable
{
    private const string IssuerField = "issuer";
    private const string KeysField = "jwks_uri";

    // No redirects: an answer of the issuer's own, or none.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = Limits.Access.KeyRefresh })
    {
        Timeout = Limits.Access.KeyFetch,
        MaxResponseContentBufferSize = Limits.Access.KeySetBytes,
    };

    /// <summary>The keys that the issuer signs with now.</summary>
    /// <exception cref="HttpRequestException">It did not answer, or with an error.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    /// <exception cref="JsonException">What it answered is no JSON.</exception>
    /// <exception cref="InvalidDataException">What it answered is not its own, or has no key.</exception>
    public async Task<ImmutableArray<SecurityKey>> Fetch(Issuer issuer)
    {
        var set = new JsonWebKeySet(await Get(issuer.Keys ?? await Discover(issuer.Name)));
        var keys = set.Keys.Where(IsForSignatures).Take(Limits.Access.KeysOfIssuer).ToImmutableArray<SecurityKey>();
        return keys.IsEmpty ? throw new InvalidDataException("The key set has no key for signatures.") : keys;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<Uri> Discover(string issuer)
    {
        using var document = JsonDocument.Parse(await Get(IssuerAddress.DiscoveryOf(issuer)));
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty(IssuerField, out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals(issuer)
            && document.RootElement.TryGetProperty(KeysField, out var keys) && keys.ValueKind == JsonValueKind.String
            && Uri.TryCreate(keys.GetString(), UriKind.Absolute, out var uri) && IssuerAddress.IsSafe(uri)
                ? uri
                : throw new InvalidDataException("The discovery document is not this issuer's.");
    }

    private async Task<string> Get(Uri address)
    {
        using var answer = await _http.GetAsync(address);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Public keys only: a shared secret on a key set is anybody's.</summary>
    private static bool IsForSignatures(JsonWebKey key) =>
        key.Kty is JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve && key.Use is null or "sig";
}
