using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Client;
using CustomerContext.Testing;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>A real OpenID Connect provider (oidc-provider): signing in there, back, refreshed and out again; and its question on a customer's phone (CIBA).</summary>
[Collection(TownCollection.Name)]
public sealed class ProviderTests(Town town) : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _settings = new();
    private readonly TempFolder _data = new();
    private readonly string _listen = $"127.0.0.1:{FreePort.NextText()}";
    private OidcProvider _provider = null!;
    private SiloProcess _silo = null!;
    private WebProcess _web = null!;

    public async Task InitializeAsync()
    {
        _provider = await OidcProvider.Start();
        await _provider.ServePages($"http://{_listen}/");
        await _provider.AddAccount("customer-1", new { email = "signed-in@example.org", email_verified = true });
        var tenants = _settings.File("tenants.json");
        await File.WriteAllTextAsync(tenants, $$"""
            { "CustomerContext": {
              "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ] } ],
              "Issuers": [ { "Issuer": "{{_provider.Issuer}}", "Tenants": [ "acme" ], "Customers": true } ] } }
            """);
        _silo = await SiloProcess.Start(
            _data.Path,
            "--tenants", tenants,
            $"--CustomerContext:Ciba:0:Issuer={_provider.Issuer}",
            "--CustomerContext:Ciba:0:ClientId=customercontext-ciba",
            "--CustomerContext:Ciba:0:ClientSecret=secret");
        _web = await WebProcess.Start(
            _silo,
            _silo.Grpc,
            ("CustomerContextWeb__Listen", _listen),
            ("CustomerContextWeb__SignIn__Authority", _provider.Issuer),
            ("CustomerContextWeb__SignIn__ClientId", "pages"),
            ("CustomerContextWeb__SignIn__ClientSecret", "secret"));
    }

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        await _silo.DisposeAsync();
        await _provider.DisposeAsync();
    }

    public void Dispose()
    {
        _settings.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task SignIn_AtAProvider_OpensTheOwnPageRefreshesAndEnds()
    {
        await using var visitor = await Visitor.Open(town, at: _web.Url);
        visitor.MayAsk(_provider.Issuer);
        visitor.MayAsk("https://fonts.googleapis.com/"); // asked for by the provider's own page that asks whether to sign out
        await visitor.Page.GotoAsync("/");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/me");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Who can see me now");
        await Assertions.Expect(visitor.Page.Locator(".who")).ToContainTextAsync("signed-in@example.org");
        // What is asked for was pushed to the provider before (RFC 9126), so it does not pass through the browser.
        Assert.Contains(visitor.Asked, url => url.StartsWith($"{_provider.Issuer}/auth?", StringComparison.Ordinal) && url.Contains("request_uri=", StringComparison.Ordinal));

        // Its tokens last half a minute, so each page refreshes them: the cookie is a new one, and the silo still answers.
        var before = await Session(visitor);
        await visitor.Page.GotoAsync("/me/looks");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Assert.NotEqual(before, await Session(visitor));
        Assert.Empty(visitor.Complaints);

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visitor.Page.Locator("button[name=logout]").ClickAsync(); // the provider asks as well
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Who are you?");
        Assert.DoesNotContain(await visitor.Context.CookiesAsync([_web.Url.ToString()]), cookie => cookie.Name.StartsWith("__Host-session", StringComparison.Ordinal));
        Assert.All(visitor.Complaints, said => Assert.StartsWith("Failed to load resource", said, StringComparison.Ordinal)); // the provider's own page lacks a font and an icon
    }

    [Fact]
    public async Task Ask_ACustomerWhosePhoneIsAsked_FillsTheAgentsScreenAfterTheYesThere()
    {
        const string address = "on-the-phone@example.org"; // the provider's name for them too
        await _provider.AddAccount(address, new { email = address, email_verified = true });
        var token = await _provider.SignIn("customer-page", address, "consent.manage");
        using var customer = new CustomerContextClient(new CustomerContextClientOptions { Address = _silo.Grpc, WriteDeadline = TimeSpan.FromSeconds(30), TokenProvider = _ => ValueTask.FromResult(token) });
        await customer.Me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme" } });
        await using var agent = await Visitor.SignIn(town, "agent-acme", at: _web.Url);
        await agent.Find(address);
        await agent.Page.GetByTestId("ask").ClickAsync();
        var shown = await agent.Page.GetByTestId("on-their-phone").Locator("code").InnerTextAsync();

        Assert.Equal(shown, await _provider.AnswerOnDevice(address, approve: true));

        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page.Locator(".notice.warn")).ToHaveCountAsync(0); // the address is theirs
        Assert.Empty(agent.Complaints);
    }

    private async Task<string> Session(Visitor visitor) => string.Concat((await visitor.Context.CookiesAsync([_web.Url.ToString()]))
        .Where(cookie => cookie.Name.StartsWith("__Host-session", StringComparison.Ordinal)).OrderBy(cookie => cookie.Name, StringComparer.Ordinal).Select(cookie => cookie.Value));
}
