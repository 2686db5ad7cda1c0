using System.Collections.Concurrent;
using System.Collections.Frozen;
using CustomerContext.Silo.Config;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>Whose tokens are believed: the configured issuers, this server's own for people without an account, and in development mode the local key. Without an issuer outside development mode no tenant and no
/// customer with an account can call.</summary>
internal sealed class TokenIssuers(IReadOnlyList<TrustedIssuer> local, Func<Issuer, IKeySource> keysOf)
{
    private readonly ConcurrentDictionary<(string Issuer, Uri? Keys), IKeySource> _keys = new();

    /// <summary>The issuer of this <c>iss</c>; absent if its tokens are not believed.</summary>
    public TrustedIssuer? Find(string name, AccessConfig access) => local.FirstOrDefault(known => known.Issuer.Name == name) is { } known ? known
        : access.Issuers.GetValueOrDefault(name) is { } issuer
            ? new TrustedIssuer(issuer, _keys.GetOrAdd((issuer.Name, issuer.Keys), _ => keysOf(issuer)))
            : null;

    /// <summary>Local tokens for everybody, signed with <paramref name="key"/>.</summary>
    public static TrustedIssuer Development(SecurityKey key) => new(
        new Issuer(
            DevelopmentKey.Issuer,
            TokenReader.Audience,
            Keys: null,
            Tenants: null,
            ForCustomers: true,
            FrozenSet.Create(SecurityAlgorithms.EcdsaSha256),
            new ClaimNames(Tenant: "tenant", Actor: "actor", ActorType: "actor_type", Client: "client_id", Scope: "scope")),
        new FixedKeys(new KeySet(new OpenIdConnectConfiguration { SigningKeys = { key } }, DateTimeOffset.MinValue)));
}

/// <summary>An issuer and where its keys come from.</summary>
internal sealed record TrustedIssuer(Issuer Issuer, IKeySource Keys);
