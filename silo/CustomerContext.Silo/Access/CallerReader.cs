using System.Collections.Frozen;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Silo.Config;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CustomerContext.Silo.Access;

/// <summary>Who a token that was found good speaks for.</summary>
internal static class CallerReader
{
    private const string Person = "person";
    private const string Service = "service";
    private const string ActingClaim = "act";

    /// <summary>The caller; absent if the claims make none, or one that the issuer may not speak for.</summary>
    public static Caller? Read(JsonWebToken jwt, Issuer issuer, AccessConfig access, DateTimeOffset until)
    {
        var scopes = Texts(jwt, issuer.Claims.Scope).SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.Ordinal);
        return TenantNamed(jwt, issuer, access) is { } id ? TenantOf(jwt, issuer, access, id, scopes, until)
            : issuer.ForCustomers ? CustomerOf(jwt, scopes, until)
            : null;
    }

    /// <summary>Whose people and programs the token is of: as it says, or as its client tells. Absent: a customer's.</summary>
    private static TenantId? TenantNamed(JsonWebToken jwt, Issuer issuer, AccessConfig access)
    {
        if (Text(jwt, issuer.Claims.Tenant) is { } named)
        {
            return new TenantId(named);
        }

        return issuer.Tenants is { Count: 1 } only && Text(jwt, issuer.Claims.Client) is { } client
            && access.Tenants.GetValueOrDefault(only.First())?.Clients.ContainsKey(client) == true
            ? only.First()
            : null;
    }

    private static TenantCaller? TenantOf(
        JsonWebToken jwt, Issuer issuer, AccessConfig access, TenantId tenant, FrozenSet<string> scopes, DateTimeOffset until)
    {
        var actor = Text(jwt, issuer.Claims.Actor);
        var client = Text(jwt, issuer.Claims.Client);
        var type = Text(jwt, issuer.Claims.ActorType) ?? (issuer.Tenants is null ? "" : actor == client ? Service : Person);
        var isWhole = access.Tenants.ContainsKey(tenant) && issuer.Tenants?.Contains(tenant) != false
            && actor is { Length: > 0 and <= Limits.Access.ActorLength } && type is Person or Service;

        // Who acts may be the AI reader, with a token that another program got.
        var (acting, actingClient) = (Acting(jwt, "sub"), Acting(jwt, "client_id"));
        var ai = access.Tenants.GetValueOrDefault(tenant)?.AiClients is { } listed ? new[] { client, actingClient, acting }.FirstOrDefault(name => name is not null && listed.Contains(name)) : null;
        var hasActing = jwt.TryGetPayloadValue<object>(ActingClaim, out _);
        if (ai is not null && hasActing && (acting ?? actingClient) is null)
        {
            return null;
        }

        // Development tokens need not name a client; anybody else's that does not is of a client that no tenant lists.
        return isWhole
            ? new TenantCaller(tenant, (ai is null ? null : acting ?? actingClient) ?? actor!, type == Person, scopes)
            {
                Until = until,
                Client = client ?? (issuer.Tenants is null ? null : ""),
                AiClient = ai,
                OnBehalfOf = ai is not null && hasActing ? actor : null,
            }
            : null;
    }

    /// <summary>What the token says of who acts for the one whose it is; absent if it says nothing of that kind.</summary>
    private static string? Acting(JsonWebToken jwt, string member) =>
        jwt.TryGetPayloadValue<JsonElement>(ActingClaim, out var act) && act is { ValueKind: JsonValueKind.Object } && act.TryGetProperty(member, out var named)
        && named is { ValueKind: JsonValueKind.String } && named.GetString() is { Length: > 0 and <= Limits.Access.ActorLength } name
            ? name
            : null;

    private static CustomerCaller? CustomerOf(JsonWebToken jwt, FrozenSet<string> scopes, DateTimeOffset until)
    {
        var email = Verified(jwt, "email");
        var phone = Verified(jwt, "phone_number");
        return IdentifierRules.Subject(jwt.Subject ?? "", "sub") is null
            && (email is null || IdentifierRules.Email(email, "email") is null)
            && (phone is null || IdentifierRules.Phone(phone, "phone_number") is null)
            ? new CustomerCaller(jwt.Issuer, jwt.Subject!, email, phone, scopes) { Until = until, SignedInAt = SignedInAt(jwt) }
            : null;
    }

    /// <summary>When the person signed in (<c>auth_time</c>), or else when the token was made, which cannot be before that.</summary>
    private static DateTimeOffset? SignedInAt(JsonWebToken jwt) =>
        jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.AuthTime, out var seconds) || jwt.TryGetPayloadValue(JwtRegisteredClaimNames.Iat, out seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, int.MaxValue))
            : null;

    private static string? Verified(JsonWebToken jwt, string claim) =>
        jwt.TryGetPayloadValue<bool>($"{claim}_verified", out var verified) && verified ? Text(jwt, claim) : null;

    private static string? Text(JsonWebToken jwt, string claim) => jwt.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private static IEnumerable<string> Texts(JsonWebToken jwt, string claim) => jwt.Claims.Where(one => one.Type == claim).Select(one => one.Value);
}
