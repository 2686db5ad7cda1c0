using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Records;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Access tokens of this server's own, for people who said yes without an account: to stop, to see who looked and what they saw, to answer the questions that follow a yes, to erase. Signed
/// with the keys that sign receipts, for one customer, with what customers' tokens may do.
/// </summary>
internal sealed class OwnTokens(SigningKeys keys, CustomerIds ids, TimeProvider time)
{
    /// <summary>The <c>iss</c> of such tokens. No configured issuer has it, since those are addresses.</summary>
    public const string Issuer = "customercontext";

    /// <summary>Whose tokens these are, for checking them.</summary>
    public TrustedIssuer Trusted { get; } = new(
        new Issuer(
            Issuer,
            TokenReader.Audience,
            Keys: null,
            Tenants: FrozenSet<TenantId>.Empty,
            ForCustomers: true,
            FrozenSet.Create(SecurityAlgorithms.EcdsaSha256),
            new ClaimNames(Tenant: "tenant", Actor: "actor", ActorType: "actor_type", Client: "client_id", Scope: "scope")),
        new FixedKeys(new KeySet(Published(keys), DateTimeOffset.MinValue)));

    /// <summary>A token for <paramref name="customer"/>, good for <see cref="Limits.Joins.TokenLifetime"/>. Its subject is the id that the customer has for themselves, never the key.</summary>
    public (string Token, DateTimeOffset Until) Make(CustomerKey customer)
    {
        var now = time.GetUtcNow();
        var until = now + Limits.Joins.TokenLifetime;
        var header = JsonSerializer.Serialize(new { alg = SecurityAlgorithms.EcdsaSha256, typ = "at+jwt", kid = keys.KeyId });
        var claims = JsonSerializer.Serialize(new
        {
            iss = Issuer,
            aud = TokenReader.Audience,
            sub = ids.For(null, customer),
            scope = $"{Scopes.ConsentManage} {Scopes.ContextRead} {Scopes.SignalWrite}",
            iat = now.ToUnixTimeSeconds(),
            exp = until.ToUnixTimeSeconds(),
        });
        var signed = $"{Encoded(header)}.{Encoded(claims)}";
        return ($"{signed}.{Base64Url.EncodeToString(keys.Sign(Encoding.ASCII.GetBytes(signed)))}", until);
    }

    /// <summary>The customer whom a token of this server's own speaks for; absent for tokens of others.</summary>
    public CustomerKey? CustomerOf(CustomerCaller caller) => caller.Issuer == Issuer ? ids.Read(CustomerIds.Own, caller.Subject) : null;

    private static OpenIdConnectConfiguration Published(SigningKeys keys)
    {
        var configuration = new OpenIdConnectConfiguration();
        foreach (var key in new JsonWebKeySet(keys.Published).GetSigningKeys())
        {
            configuration.SigningKeys.Add(key);
        }

        return configuration;
    }

    private static string Encoded(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
