using System.Collections.Frozen;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using CustomerContext.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerContext.Silo.Tests.Access;

/// <summary>Tokens of a real provider (oidc-provider), with a clock that the test moves.</summary>
public sealed class OidcTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly KeyFetcher _fetcher = new();
    private OidcProvider _provider = null!;
    private CurrentAccess _access = null!;
    private TokenReader _tokens = null!;

    public async Task InitializeAsync()
    {
        _provider = await OidcProvider.Start();
        await _provider.AddAccount("agent-7");
        await _provider.AddAccount("customer-1", new { email = "customer1@example.org", email_verified = true });
        _access = new CurrentAccess(Served());
        _tokens = new TokenReader(_access, new TokenIssuers([], KeysOf), Metrics.New(), _time);
    }

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    public void Dispose() => _fetcher.Dispose();

    [Fact]
    public async Task Read_AgentWhoSignedIn_APersonOfTheTenantWithTheirClient()
    {
        var caller = Assert.IsType<TenantCaller>(await Caller(await _provider.SignIn("acme-desktop", "agent-7", "context.read")));

        Assert.Equal((new TenantId("acme"), "agent-7", true, "acme-desktop"), (caller.Tenant, caller.Actor, caller.IsPerson, caller.Client));
        Assert.Equal(["context.read"], caller.Scopes);
    }

    [Fact]
    public async Task Read_ProgramByItsCredentials_AServiceOfTheTenant()
    {
        var caller = Assert.IsType<TenantCaller>(await Caller(await _provider.ClientCredentials("acme-crm", "context.read signal.write")));

        Assert.Equal(("acme-crm", false), (caller.Actor, caller.IsPerson));
        Assert.Equal(["context.read", "signal.write"], caller.Scopes.Order());
    }

    [Fact]
    public async Task Read_CustomerWhoSignedIn_TheCustomerWithTheirVerifiedAddress()
    {
        var caller = Assert.IsType<CustomerCaller>(await Caller(await _provider.SignIn("customer-page", "customer-1", "consent.manage")));

        Assert.Equal((_provider.Issuer, "customer-1", "customer1@example.org", null), (caller.Issuer, caller.Subject, caller.VerifiedEmail, caller.VerifiedPhone));
    }

    [Theory]
    [InlineData("initech")]
    [InlineData("ACME")]
    public async Task Read_TenantThatIsNotTheIssuersOrNotServed_Invalid(string tenant)
    {
        await _provider.SetClientClaims("acme-crm", new { tenant });

        Assert.Equal(TokenFault.Invalid, (await Read(await _provider.ClientCredentials("acme-crm", "context.read"))).Fault);
    }

    [Fact]
    public async Task Read_IssuerNotForThatTenantOrNotForCustomers_Invalid()
    {
        var globex = await _provider.ClientCredentials("globex-crm", "context.read");
        var customer = await _provider.SignIn("customer-page", "customer-1", "consent.manage");
        Assert.NotNull((await Read(globex)).Caller);

        _access.Replace(Served(tenants: ["acme"], customers: false));

        Assert.Equal(TokenFault.Invalid, (await Read(globex)).Fault);
        Assert.Equal(TokenFault.Invalid, (await Read(customer)).Fault);
    }

    [Fact]
    public async Task Read_NoTenantClaim_TheOnlyTenantsIfItListsTheClient()
    {
        await _provider.SetClientClaims("acme-desktop", new { });
        var agent = await _provider.SignIn("acme-desktop", "agent-7", "context.read");
        var customer = await _provider.SignIn("customer-page", "customer-1", "consent.manage");
        _access.Replace(Served(tenants: ["acme"], clients: ["acme-desktop"]));

        Assert.Equal(new TenantId("acme"), Assert.IsType<TenantCaller>((await Read(agent)).Caller).Tenant);
        Assert.IsType<CustomerCaller>((await Read(customer)).Caller);
        _access.Replace(Served(clients: ["acme-desktop"]));
        Assert.IsType<CustomerCaller>((await Read(agent)).Caller);
    }

    [Fact]
    public async Task Read_TokenExpires_GoodUntilTheLeewayIsOver()
    {
        var token = await _provider.ClientCredentials("acme-crm", "context.read");
        var until = (await Caller(token)).Until;

        _time.AdvanceTo(until - TimeSpan.FromTicks(1));
        Assert.NotNull((await Read(token)).Caller);
        _time.AdvanceTo(until);
        Assert.Equal(TokenFault.Expired, (await Read(token)).Fault);
    }

    [Fact]
    public async Task Read_KeysRotated_NewTokensGoodAndOldOnesUntilTheirKeyIsGone()
    {
        var old = await _provider.ClientCredentials("acme-crm", "context.read");
        Assert.NotNull((await Read(old)).Caller);

        await _provider.RotateKeys(keep: true);
        _time.Advance(Limits.Access.KeyFetchEvery);
        Assert.NotNull((await Read(await _provider.ClientCredentials("acme-crm", "context.read"))).Caller);
        Assert.NotNull((await Read(old)).Caller);

        await _provider.RotateKeys(keep: false);
        _time.Advance(Limits.Access.KeyFetchEvery);
        Assert.NotNull((await Read(await _provider.ClientCredentials("acme-crm", "context.read"))).Caller);
        Assert.Equal(TokenFault.Invalid, (await Read(old)).Fault);
        Assert.Equal(3, await _provider.KeysAsked());
    }

    [Fact]
    public async Task Read_ProviderFails_KnownKeysGoOnAndUnknownOnesAreNotAskedForAgainAndAgain()
    {
        var known = await _provider.ClientCredentials("acme-crm", "context.read");
        Assert.NotNull((await Read(known)).Caller);
        await _provider.RotateKeys(keep: true);
        await _provider.SetKeys("fail");
        _time.Advance(Limits.Access.KeyFetchEvery);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(TokenFault.Invalid, (await Read(await _provider.ClientCredentials("acme-crm", "context.read"))).Fault);
            Assert.NotNull((await Read(known)).Caller);
        }

        await _provider.SetKeys("ok");
        _time.Advance(Limits.Access.KeyFetchEvery);
        Assert.NotNull((await Read(await _provider.ClientCredentials("acme-crm", "context.read"))).Caller);
    }

    [Fact]
    public async Task Read_ProviderNeverAnswered_KeysUnknown()
    {
        var token = await _provider.ClientCredentials("acme-crm", "context.read");
        await _provider.SetKeys("fail");

        Assert.Equal(TokenFault.KeysUnknown, (await Read(token)).Fault);
    }

    [Fact]
    public async Task Read_OtherAudienceOrAlgorithm_Invalid()
    {
        var token = await _provider.ClientCredentials("acme-crm", "context.read");
        _access.Replace(Served(audience: "another"));
        Assert.Equal(TokenFault.Invalid, (await Read(token)).Fault);
        _access.Replace(Served(algorithm: "RS256"));
        Assert.Equal(TokenFault.Invalid, (await Read(token)).Fault);
        _access.Replace(Served());
        Assert.NotNull((await Read(token)).Caller);
    }

    private async Task<Caller> Caller(string token)
    {
        var result = await Read(token);
        Assert.True(result.Caller is not null, $"{result.Fault}");
        return result.Caller;
    }

    private ValueTask<TokenResult> Read(string token) => _tokens.Read($"Bearer {token}");

    private FetchedKeys KeysOf(Issuer issuer) =>
        new(issuer.Name, () => _fetcher.Fetch(issuer), Metrics.New(), _time, NullLogger<FetchedKeys>.Instance);

    private AccessConfig Served(string audience = "customercontext", string algorithm = "ES256", string[]? tenants = null, bool customers = true, string[]? clients = null)
    {
        var issuer = new Issuer(
            _provider.Issuer,
            audience,
            Keys: null,
            (tenants ?? ["acme", "globex"]).Select(id => new TenantId(id)).ToFrozenSet(),
            customers,
            FrozenSet.Create(algorithm),
            new ClaimNames("tenant", "sub", "actor_type", "client_id", "scope"));
        return AccessConfig.Nobody with
        {
            Tenants = new[] { "acme", "globex" }.Select(name => new TenantId(name)).ToFrozenDictionary(id => id, id => new Tenant(
                id, false, [SourceId.Of(id, "crm")], FrozenSet<Purpose>.Empty,
                (clients ?? []).ToFrozenDictionary(client => client, _ => FrozenSet<Purpose>.Empty),
                Limits.Rates.Tenant, Limits.Rates.Person, Limits.Rates.Service)),
            Issuers = new[] { issuer }.ToFrozenDictionary(one => one.Name),
        };
    }
}
