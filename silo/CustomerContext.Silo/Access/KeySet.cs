using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>The keys of an issuer as of one fetch. A new fetch makes another one, so who holds the same one knows that nothing has changed.</summary>
internal sealed record KeySet(ImmutableArray<SecurityKey> Keys, DateTimeOffset FetchedAt)
{
    /// <summary>True if a token that names <paramref name="kid"/> can be checked; one that names none is checked with each key.</summary>
    public bool Has(string kid) => kid.Length == 0 || Keys.Any(key => key.KeyId == kid);
}
