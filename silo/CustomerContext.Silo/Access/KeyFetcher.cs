using CustomerContext.Domain;
using CustomerContext.Silo.Config;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>Fetches what an issuer says of itself over HTTP: by discovery (OpenID Connect Discovery 1.0) with the key set (RFC 7517), or the key set alone.</summary>
internal sealed class KeyFetcher : IDocumentRetriever, IDisposable
{
    // No redirects: an answer of the issuer's own, or none.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = Limits.Access.KeyRefresh })
    {
        Timeout = Limits.Access.KeyFetch,
        MaxResponseContentBufferSize = Limits.Access.KeySetBytes,
    };

    /// <summary>The keys that <paramref name="issuer"/> signs with now.</summary>
    /// <exception cref="HttpRequestException">It did not answer, or with an error.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    /// <exception cref="ArgumentException">What it answered is not what it should be.</exception>
    /// <exception cref="InvalidDataException">What it answered is not its own, or has no key.</exception>
    public async Task<OpenIdConnectConfiguration> Fetch(Issuer issuer) => issuer.Keys is { } address
        ? WithSigningKeys(new OpenIdConnectConfiguration { JsonWebKeySet = new JsonWebKeySet(await GetDocumentAsync(address.ToString(), default)) })
        : await Discover(issuer.Name);

    /// <summary>What <paramref name="issuer"/> says of itself, with its keys. Fails as <see cref="Fetch"/> does.</summary>
    public async Task<OpenIdConnectConfiguration> Discover(string issuer)
    {
        var found = await OpenIdConnectConfigurationRetriever.GetAsync(IssuerAddress.DiscoveryOf(issuer).ToString(), this, default);
        return found.Issuer == issuer && found.JsonWebKeySet is not null ? WithSigningKeys(found) : throw new InvalidDataException("The discovery document is not this issuer's.");
    }

    /// <inheritdoc/>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !IssuerAddress.IsSafe(uri))
        {
            throw new InvalidDataException("The address is not one that an issuer's keys may be fetched from.");
        }

        using var answer = await _http.GetAsync(uri, cancel);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static OpenIdConnectConfiguration WithSigningKeys(OpenIdConnectConfiguration configuration)
    {
        configuration.SigningKeys.Clear();
        foreach (var key in configuration.JsonWebKeySet.Keys.Where(IsForSignatures).Take(Limits.Access.KeysOfIssuer))
        {
            configuration.SigningKeys.Add(key);
        }

        return configuration.SigningKeys.Count > 0 ? configuration : throw new InvalidDataException("The key set has no key for signatures.");
    }

    /// <summary>Public keys only: a shared secret on a key set is anybody's.</summary>
    private static bool IsForSignatures(JsonWebKey key) =>
        key.Kty is JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve && key.Use is null or "sig";
}
