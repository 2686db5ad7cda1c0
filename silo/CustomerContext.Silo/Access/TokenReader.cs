using CustomerContext.Domain;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Turns an access token (JWT) into a <see cref="Caller"/>: issuer, audience, signature under an allowed algorithm, time, and claims that make a whole caller.
/// </summary>
/// <remarks>
/// A signature costs more than a lookup, so a token that was good is remembered: until it expires, the configuration changes, or its issuer's keys do.
/// </remarks>
internal sealed class TokenReader(CurrentAccess access, TokenIssuers issuers, SiloMetrics metrics, TimeProvider time)
{
    /// <summary>The <c>aud</c> that a token must name, if the configuration does not say otherwise.</summary>
    public const string Audience = "customercontext";

    private const string Bearer = "Bearer ";
    private const string Critical = "crit";

    /// <summary>What an access token may say that it is (RFC 9068, 2.1; RFC 7519, 5.1): a token for something else, a logout for example, opens nothing.</summary>
    private static readonly string?[] _types = [null, "", "JWT", "at+jwt", "application/at+jwt"];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Limits.Access.TokenBytes };
    private readonly BoundedCache<string, GoodToken> _good = new(Limits.Access.TokensRemembered);

    private sealed record GoodToken(Caller Caller, AccessConfig Access, KeySet Keys, IKeySource Source);

    /// <summary>The caller whose <c>authorization</c> header has been read before and is still good; absent if it has to be read.</summary>
    public Caller? Find(string authorization) => _good.TryGet(authorization, out var known) && IsStillGood(known) ? known.Caller : null;

    /// <summary>Reads the value of an <c>authorization</c> header.</summary>
    public async ValueTask<TokenResult> Read(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return new TokenResult(null, TokenFault.Missing);
        }

        return Find(authorization) is { } known ? new TokenResult(known) : await Validate(authorization, access.Now);
    }

    private bool IsStillGood(GoodToken known) =>
        time.GetUtcNow() < known.Caller.Until && ReferenceEquals(known.Access, access.Now) && ReferenceEquals(known.Keys, known.Source.Known());

    private async ValueTask<TokenResult> Validate(string authorization, AccessConfig now)
    {
        var token = authorization[Bearer.Length..];
        if (Parse(token) is not { } claimed || issuers.Find(claimed.Issuer, now) is not { } trusted)
        {
            return new TokenResult(null, TokenFault.Invalid);
        }

        if (await trusted.Keys.For(claimed.Kid ?? "") is not { } keys)
        {
            return new TokenResult(null, TokenFault.KeysUnknown);
        }

        var result = await _handler.ValidateTokenAsync(token, ParametersOf(trusted.Issuer, keys));
        metrics.TokenVerified(result.IsValid);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
        {
            return new TokenResult(null, TokenFault.Invalid);
        }

        var (until, isNow) = LifetimeOf(jwt);
        if (until is null || !isNow)
        {
            return new TokenResult(null, until is null ? TokenFault.Invalid : TokenFault.Expired);
        }

        if (CallerReader.Read(jwt, trusted.Issuer, now, until.Value) is not { } caller)
        {
            return new TokenResult(null, TokenFault.Invalid);
        }

        _good.Set(authorization, new GoodToken(caller, now, keys, trusted.Keys));
        return new TokenResult(caller);
    }

    /// <summary>The token as it says of itself; absent if it is none, is of another type, or demands what is not understood here (RFC 7515, 4.1.11).</summary>
    private JsonWebToken? Parse(string token)
    {
        try
        {
            return _handler.CanReadToken(token) && _handler.ReadJsonWebToken(token) is var read && !read.TryGetHeaderValue<object>(Critical, out _)
                && _types.Contains(read.Typ, StringComparer.OrdinalIgnoreCase)
                    ? read
                    : null;
        }
        catch (Exception error) when (error is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static TokenValidationParameters ParametersOf(Issuer issuer, KeySet keys) => new()
    {
        ValidIssuer = issuer.Name,
        ValidAudience = issuer.Audience,
        IssuerSigningKeys = keys.Keys,
        ValidAlgorithms = issuer.Algorithms,
        RequireSignedTokens = true,
        ValidateLifetime = false,
    };

    /// <summary>When the token ends, and whether it holds now. Checked here and not by the handler, because the handler has a clock of its own.</summary>
    private (DateTimeOffset? Until, bool IsNow) LifetimeOf(JsonWebToken jwt)
    {
        if (!jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var expires))
        {
            return (null, false);
        }

        var now = time.GetUtcNow();
        var until = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(expires, 0, int.MaxValue)) + Limits.Access.Leeway;
        var begins = jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Nbf, out var notBefore) ? notBefore : 0;
        return (until, now < until && now + Limits.Access.Leeway >= DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(begins, 0, int.MaxValue)));
    }
}
