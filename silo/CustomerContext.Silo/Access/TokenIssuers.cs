using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>Whose tokens are accepted, and how they must be signed. Empty outside development mode, so nobody can call.</summary>
internal sealed class TokenIssuers
{
    private TokenIssuers(TokenValidationParameters parameters) => Parameters = parameters;

    /// <summary>For the token handler; time is checked by <see cref="TokenReader"/>.</summary>
    public TokenValidationParameters Parameters { get; }

    /// <summary>Local tokens, signed with <paramref name="key"/>.</summary>
    public static TokenIssuers Development(SecurityKey key) => new(new TokenValidationParameters
    {
        ValidIssuer = DevelopmentKey.Issuer,
        ValidAudience = TokenReader.Audience,
        IssuerSigningKey = key,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        RequireSignedTokens = true,
        ValidateLifetime = false,
    });

    /// <summary>Nobody: every token is refused.</summary>
    public static TokenIssuers None() => new(new TokenValidationParameters
    {
        ValidIssuers = [],
        ValidAudience = TokenReader.Audience,
        IssuerSigningKeys = [],
        RequireSignedTokens = true,
        ValidateLifetime = false,
    });
}
