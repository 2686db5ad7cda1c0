using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>Tokens that are missing, forged, old or somebody else's.</summary>
public sealed class TokenTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private static readonly TimeSpan _pastLeeway = TimeSpan.FromSeconds(60);

    public static TheoryData<string> BadTokens => [.. _bad.Keys];

    // By name: from the silo's own tokens to one that must not pass.
    private static readonly Dictionary<string, Func<DevTokens, string>> _bad = new()
    {
        ["garbage"] = _ => "garbage",
        ["three dots"] = _ => "...",
        ["too long"] = _ => new string('a', 9_000),
        ["of another key"] = _ => DevTokens.OfStranger().Sign(DevTokens.Actor("acme")),
        ["of another issuer"] = tokens => tokens.Sign(Changed("iss", "https://login.example.org")),
        ["for another audience"] = tokens => tokens.Sign(Changed("aud", "another")),
        ["alg none"] = _ => DevTokens.WithoutSignature("none", DevTokens.Actor("acme")) + ".",
        ["alg None in another case"] = _ => DevTokens.WithoutSignature("nOnE", DevTokens.Actor("acme")) + ".",
        ["alg none with a signature"] = tokens => Resigned(tokens, "none"),
        ["HS256 by the public key"] = Hs256,
        ["ES384 by name"] = tokens => Resigned(tokens, "ES384"),
        ["signature cut off"] = tokens => tokens.Sign(DevTokens.Actor("acme"))[..^10],
        ["claims changed"] = ClaimsChanged,
        ["of another type"] = tokens => tokens.Sign(DevTokens.Actor("acme"), "logout+jwt"),
        ["without an end"] = tokens => tokens.Sign(Without("exp")),
        ["of a tenant that is not configured"] = tokens => tokens.Sign(DevTokens.Actor("initech")),
        ["of nobody"] = tokens => tokens.Sign(Without("tenant", "sub")),
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task GetContext_BadToken_Unauthenticated(string name)
    {
        var before = await Head();

        await Refusals.Refused(StatusCode.Unauthenticated, ErrorReason.TokenInvalid, () => Get(SiloClient.With(_bad[name](running.Silo.Tokens))));

        Assert.Equal(before, await Head());
    }

    [Fact]
    public async Task GetContext_TokenOfTheTypeOfAccessTokens_Answered() =>
        Assert.NotEmpty((await running.Client.Contexts.GetContextAsync(
            Requests.Lookup(RunningSilo.Email), SiloClient.With(running.Silo.Tokens.Sign(DevTokens.Actor("acme"), "at+jwt")))).DisclosureId);

    [Fact]
    public Task GetContext_NoToken_Missing() => Refusals.Refused(StatusCode.Unauthenticated, ErrorReason.TokenMissing, () => Get(default));

    [Fact]
    public Task GetContext_AnotherScheme_Missing() => Refusals.Refused(
        StatusCode.Unauthenticated, ErrorReason.TokenMissing, () => Get(new CallOptions(new Metadata { { "authorization", "Basic YTpi" } })));

    [Fact]
    public Task GetContext_ExpiredToken_Expired() => Refusals.Refused(
        StatusCode.Unauthenticated, ErrorReason.TokenExpired, () => Get(Signed(Changed("exp", Now(-_pastLeeway)))));

    [Fact]
    public Task GetContext_TokenNotYetValid_Expired() => Refusals.Refused(
        StatusCode.Unauthenticated, ErrorReason.TokenExpired, () => Get(Signed(Changed("nbf", Now(_pastLeeway)))));

    [Fact]
    public Task GetContext_TokenOfAnotherTenant_ConsentRequired() => Refusals.Refused(
        StatusCode.PermissionDenied, ErrorReason.ConsentRequired, () => Get(Signed(DevTokens.Actor("globex"))));

    [Theory]
    [InlineData("")]
    [InlineData("signal.write")]
    [InlineData("context.reader")]
    [InlineData("CONTEXT.READ")]
    public Task GetContext_WithoutTheScope_NotAllowed(string scope) => Refusals.Refused(
        StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => Get(Signed(DevTokens.Actor("acme", scope: scope))));

    [Fact]
    public Task PublishSignals_WithoutTheScope_NotAllowed() => Refusals.Refused(
        StatusCode.PermissionDenied,
        ErrorReason.CallerNotAllowed,
        () => running.Client.Signals.PublishSignalsAsync(
            Requests.Publish(Requests.Turn(RunningSilo.Email, "c", 1)), Signed(DevTokens.Actor("acme", scope: "context.read"))).ResponseAsync);

    [Fact]
    public Task ListGrants_OfATenant_NotAllowed() => Refusals.Refused(
        StatusCode.PermissionDenied,
        ErrorReason.CallerNotAllowed,
        () => running.Client.Consents.ListGrantsAsync(
            new ListGrantsRequest(), Signed(DevTokens.Actor("acme", scope: "consent.manage context.read"))).ResponseAsync);

    [Fact]
    public async Task ListGrants_OfAnotherCustomer_SeesNothing() => Assert.Empty(
        (await running.Client.Consents.ListGrantsAsync(new ListGrantsRequest { IncludeEnded = true }, running.Client.AsCustomer("other@example.org"))).Grants);

    [Fact]
    public async Task SetPreferences_EmailNotVerified_DoesNotBecomeThatPerson()
    {
        var claims = DevTokens.Customer(RunningSilo.Email);
        claims["sub"] = "impostor";
        claims["email_verified"] = false;
        await running.Client.Consents.SetPreferencesAsync(Requests.Preferences(), Signed(claims));

        Assert.NotEmpty((await running.Client.Contexts.GetContextAsync(Requests.Lookup(RunningSilo.Email), running.Client.AsAgent())).DisclosureId);
        Assert.Empty((await running.Client.Consents.ListGrantsAsync(new ListGrantsRequest { IncludeEnded = true }, Signed(claims))).Grants);
    }

    private async Task Get(CallOptions options) => await running.Client.Contexts.GetContextAsync(Requests.Lookup(RunningSilo.Email), options);

    private CallOptions Signed(IReadOnlyDictionary<string, object> claims) => SiloClient.With(running.Silo.Tokens.Sign(claims));

    private async Task<long> Head() => (await running.Client.ReadLog(RunningSilo.Email)).Head.Sequence;

    private static Dictionary<string, object> Changed(string claim, object value)
    {
        var claims = DevTokens.Actor("acme");
        claims[claim] = value;
        return claims;
    }

    private static Dictionary<string, object> Without(params string[] names)
    {
        var claims = DevTokens.Actor("acme");
        foreach (var name in names)
        {
            claims.Remove(name);
        }

        return claims;
    }

    private static long Now(TimeSpan ahead) => (TimeProvider.System.GetUtcNow() + ahead).ToUnixTimeSeconds();

    /// <summary>A good signature under another header.</summary>
    private static string Resigned(DevTokens tokens, string algorithm)
    {
        var claims = DevTokens.Actor("acme");
        return $"{DevTokens.WithoutSignature(algorithm, claims)}.{tokens.Sign(claims).Split('.')[2]}";
    }

    /// <summary>The public key taken for a shared secret: what a careless library would accept.</summary>
    private static string Hs256(DevTokens tokens)
    {
        var unsigned = DevTokens.WithoutSignature("HS256", DevTokens.Actor("acme"));
        var signature = HMACSHA256.HashData(Encoding.ASCII.GetBytes(tokens.PublicKeyPem), Encoding.ASCII.GetBytes(unsigned));
        return $"{unsigned}.{Base64Url.EncodeToString(signature)}";
    }

    private static string ClaimsChanged(DevTokens tokens)
    {
        var parts = tokens.Sign(DevTokens.Actor("globex")).Split('.');
        return $"{parts[0]}.{DevTokens.WithoutSignature("ES256", DevTokens.Actor("acme")).Split('.')[1]}.{parts[2]}";
    }
}
