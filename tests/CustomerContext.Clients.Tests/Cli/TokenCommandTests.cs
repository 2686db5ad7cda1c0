using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class TokenCommandTests
{
    [Fact]
    public async Task Token_Agent_SignedClaimsAndNothingElse()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync("token", "--tenant", "acme", "--actor", "agent-7", "--scope", "context.read"));

        var token = await ReadAsync(ctx);
        Assert.Equal("ES256", token.Alg);
        Assert.Equal(
            ("acme/agent-7", "acme", "agent-7", "person", "context.read"),
            (token.Subject, Claim(token, "tenant"), Claim(token, "actor"), Claim(token, "actor_type"), Claim(token, "scope")));
        Assert.Equal(TimeSpan.FromHours(12), token.ValidTo - token.IssuedAt);
    }

    [Fact]
    public async Task Token_Service_IsAProgramWithTheScopesGiven()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync("token", "--tenant", "acme", "--service", "crm", "--scope", "a b", "--scope", "c", "--lifetime", "7d"));

        var token = await ReadAsync(ctx);
        Assert.Equal(("service", "a b c"), (Claim(token, "actor_type"), Claim(token, "scope")));
        Assert.Equal(TimeSpan.FromDays(7), token.ValidTo - token.IssuedAt);
    }

    [Fact]
    public async Task Token_CustomerByEmail_VerifiedAndOfNoTenant()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync("token", "--customer", "customer1@example.org"));

        var token = await ReadAsync(ctx);
        Assert.Equal(
            ("customer1@example.org", "customer1@example.org", "true", "consent.manage signal.write context.read tribe.read"),
            (token.Subject, Claim(token, "email"), Claim(token, "email_verified"), Claim(token, "scope")));
        Assert.False(token.TryGetClaim("tenant", out _));
    }

    [Fact]
    public async Task Token_CustomerByPhone_Verified()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync("token", "--customer", "+31201234567"));

        var token = await ReadAsync(ctx);
        Assert.Equal(("+31201234567", "true"), (Claim(token, "phone_number"), Claim(token, "phone_number_verified")));
        Assert.False(token.TryGetClaim("email", out _));
    }

    [Fact]
    public async Task Token_NoKey_SaysWhereItShouldBe()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(4, await ctx.RunAsync("token", "--customer", "a@b.example", "--data", ctx.PathOf("elsewhere")));

        Assert.Empty(ctx.Output);
        Assert.Contains("elsewhere", ctx.Errors);
        Assert.Contains("./run", ctx.Errors);
    }

    [Fact]
    public async Task Token_KeyThatIsNone_NotAuthenticated()
    {
        using var ctx = new CtxRun(null);
        ctx.Write("development-key.pem", "not a key");

        Assert.Equal(4, await ctx.RunAsync("token", "--customer", "a@b.example"));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token", "--tenant", "acme")]
    [InlineData("token", "--tenant", "acme", "--actor", "a", "--service", "b")]
    [InlineData("token", "--customer", "a@b.example", "--tenant", "acme")]
    [InlineData("token", "--customer", "a@b.example", "--lifetime", "soon")]
    [InlineData("token", "--wrong")]
    public async Task Token_WrongUsage_Refused(params string[] args)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync(args));

        Assert.Empty(ctx.Output);
        Assert.NotEmpty(ctx.Errors);
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetClaim(name, out var claim) ? claim.Value : null;

    /// <summary>The token, its signature, issuer, audience and expiry checked as a server would.</summary>
    private static async Task<JsonWebToken> ReadAsync(CtxRun ctx)
    {
        var text = Assert.Single(ctx.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = "customercontext-development",
            ValidAudience = "customercontext",
            IssuerSigningKey = new ECDsaSecurityKey(ctx.Key),
            ValidAlgorithms = ["ES256"],
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return (JsonWebToken)result.SecurityToken;
    }
}
