using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>What an issuer says of itself as of one fetch: its keys, and its endpoints where it was discovered. A new fetch makes another one, so who holds the same one knows that nothing has changed.</summary>
internal sealed record KeySet(OpenIdConnectConfiguration Configuration, DateTimeOffset FetchedAt)
{
    /// <summary>The keys that it signs with; at least one.</summary>
    public ICollection<SecurityKey> Keys => Configuration.SigningKeys;

    /// <summary>True if a token that names <paramref name="kid"/> can be checked; one that names none is checked with each key.</summary>
    public bool Has(string kid) => kid.Length == 0 || Keys.Any(key => key.KeyId == kid);
}
