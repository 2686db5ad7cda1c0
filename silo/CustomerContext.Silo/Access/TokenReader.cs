using System.Collections.Concurrent;
using System.Collections.Frozen;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Silo.Config;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Turns an access token (JWT) into a <see cref="Caller"/>: issuer, audience, signature under an allowed algorithm, time, and claims that make a whole caller.
/// </summary>
/// <remarks>A signature costs more than a lookup, so a token that was good is remembered until it expires.</remarks>
internal sealed class TokenReader(SiloConfig config, TokenIssuers issuers, TimeProvider time)
{
    /// <summary>The <c>aud</c> that a token must name.</summary>
    public const string Audience = "customercontext";

    private const string Bearer = "Bearer ";

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Limits.Access.TokenBytes };
    private readonly ConcurrentDictionary<string, Caller> _good = new(StringComparer.Ordinal);

    /// <summary>Reads the value of an <c>authorization</c> header.</summary>
    public async ValueTask<TokenResult> Read(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return new TokenResult(null, TokenFault.Missing);
        }

        var token = authorization[Bearer.Length..];
        if (_good.TryGetValue(token, out var known) && time.GetUtcNow() < known.Until)
        {
            return new TokenResult(known);
        }

        _good.TryRemove(token, out _);
        var result = await Validate(token);
        if (result.Caller is { } caller)
        {
            if (_good.Count >= Limits.Access.TokensRemembered)
            {
                _good.Clear();
            }

            _good[token] = caller;
        }

        return result;
    }

    private async Task<TokenResult> Validate(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, issuers.Parameters);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
        {
            return new TokenResult(null, TokenFault.Invalid);
        }

        // Checked here and not by the handler, because the handler has a clock of its own.
        var now = time.GetUtcNow();
        if (!jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var expires))
        {
            return new TokenResult(null, TokenFault.Invalid);
        }

        var until = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(expires, 0, int.MaxValue)) + Limits.Access.Leeway;
        var begins = jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Nbf, out var notBefore) ? notBefore : 0;
        if (now >= until || now + Limits.Access.Leeway < DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(begins, 0, int.MaxValue)))
        {
            return new TokenResult(null, TokenFault.Expired);
        }

        return CallerOf(jwt, until) is { } caller ? new TokenResult(caller) : new TokenResult(null, TokenFault.Invalid);
    }

    private Caller? CallerOf(JsonWebToken jwt, DateTimeOffset until)
    {
        var scopes = (Text(jwt, "scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
        if (Text(jwt, "tenant") is { } tenant)
        {
            var id = new TenantId(tenant);
            var isPerson = Text(jwt, "actor_type") == "person";
            return config.Tenants.ContainsKey(id) && Text(jwt, "actor") is { Length: > 0 and <= Limits.Access.ActorLength } actor
                && (isPerson || Text(jwt, "actor_type") == "service")
                ? new TenantCaller(id, actor, isPerson, scopes) { Until = until }
                : null;
        }

        var email = Verified(jwt, "email");
        var phone = Verified(jwt, "phone_number");
        return IdentifierRules.Subject(jwt.Subject ?? "", "sub") is null
            && (email is null || IdentifierRules.Email(email, "email") is null)
            && (phone is null || IdentifierRules.Phone(phone, "phone_number") is null)
            ? new CustomerCaller(jwt.Issuer, jwt.Subject!, email, phone, scopes) { Until = until }
            : null;
    }

    private static string? Verified(JsonWebToken jwt, string claim) =>
        jwt.TryGetPayloadValue<bool>($"{claim}_verified", out var verified) && verified ? Text(jwt, claim) : null;

    private static string? Text(JsonWebToken jwt, string claim) => jwt.TryGetPayloadValue<string>(claim, out var value) ? value : null;
}
