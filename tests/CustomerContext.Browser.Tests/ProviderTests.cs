using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Client;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>A real OpenID Connect provider (oidc-provider): signing in there, back, refreshed and out again; and its question on a customer's phone (CIBA).</summary>
[Collection(TownCollection.Name)]
public sealed class ProviderTests(Town town, ProviderTown with) : IClassFixture<ProviderTown>
{
    private static readonly Looks _phone = new() { Width = 360, Height = 740 };

    [Fact]
    public async Task SignIn_AtAProvider_OpensTheOwnPageRefreshesAndEnds()
    {
        await with.Provider.AddAccount("customer-1", new { email = "signed-in@example.org", email_verified = true });
        await using var visitor = await Visitor.Open(town, at: with.Web.Url);
        visitor.MayAsk("https://fonts.googleapis.com/"); // asked for by the provider's own page that asks whether to sign out
        await SignIn(visitor, "/me$");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Who can see me now");
        await Assertions.Expect(visitor.Page.Locator(".who")).ToContainTextAsync("signed-in@example.org");
        // What is asked for was pushed to the provider before (RFC 9126), so it does not pass through the browser.
        Assert.Contains(visitor.Asked, url => url.StartsWith($"{with.Provider.Issuer}/auth?", StringComparison.Ordinal) && url.Contains("request_uri=", StringComparison.Ordinal));

        // Its tokens last half a minute, so each page refreshes them: the cookie is a new one, and the silo still answers.
        var before = await Session(visitor);
        await visitor.Page.GotoAsync("/me/looks");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Assert.NotEqual(before, await Session(visitor));
        Assert.Empty(visitor.Complaints);

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visitor.Page.Locator("button[name=logout]").ClickAsync(); // the provider asks as well
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Who are you?");
        Assert.DoesNotContain(await visitor.Context.CookiesAsync([with.Web.Url.ToString()]), cookie => cookie.Name.StartsWith("__Host-session", StringComparison.Ordinal));
        Assert.All(visitor.Complaints, said => Assert.StartsWith("Failed to load resource", said, StringComparison.Ordinal)); // the provider's own page lacks a font and an icon
    }

    [Fact]
    public async Task SignIn_WithAnAddressElsewhere_StaysHere()
    {
        await with.Provider.AddAccount("customer-2", new { email = "stays-here@example.org", email_verified = true });
        await using var visitor = await Visitor.Open(town, at: with.Web.Url);
        visitor.MayAsk(with.Provider.Issuer);
        await visitor.Page.GotoAsync("/sign-in?to=https%3A%2F%2Fevil.example%2F");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Who can see me now");
    }

    [Fact]
    public async Task Ask_ACustomerWhosePhoneIsAsked_FillsTheAgentsScreenAfterTheYesThere()
    {
        const string address = "on-the-phone@example.org"; // the provider's name for them too
        await with.Provider.AddAccount(address, new { email = address, email_verified = true });
        var token = await with.Provider.SignIn("customer-page", address, "consent.manage");
        using var customer = new CustomerContextClient(new CustomerContextClientOptions { Address = with.Silo.Grpc, WriteDeadline = TimeSpan.FromSeconds(30), TokenProvider = _ => ValueTask.FromResult(token) });
        await customer.Me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme" } });
        await using var agent = await Visitor.SignIn(town, "agent-acme", at: with.Web.Url);
        await agent.Find(address);
        await agent.Page.GetByTestId("ask").ClickAsync();
        var shown = await agent.Page.GetByTestId("on-their-phone").Locator("code").InnerTextAsync();

        Assert.Equal(shown, await with.Provider.AnswerOnDevice(address, approve: true));

        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page.Locator(".notice.warn")).ToHaveCountAsync(0); // the address is theirs
        Assert.Empty(agent.Complaints);
    }

    /// <summary>All in one: a provider, an account that is minutes old, and a mail server that nobody here wrote.</summary>
    [Fact]
    public async Task Call_WithAFreshAccountAndAMail_FromTheAskToTheStop()
    {
        const string address = "new-here@example.org";
        await with.Provider.AddAccount("agent-7", new { tenant = "acme" });
        await using var agent = await Visitor.Open(town, at: with.Web.Url);
        await SignIn(agent, "/agent$");
        await agent.Find(address);
        await agent.Page.GetByTestId("ask").ClickAsync();
        var digits = (await agent.Page.GetByTestId("spoken-digits").InnerTextAsync()).Trim();

        var mail = await with.Mail.NextTo(address);
        Assert.Equal("service@acme.example", Assert.Single(mail.From.Mailboxes).Address);
        await with.Provider.AddAccount("new-here", new { email = address, email_verified = true });
        await using var person = await Visitor.Open(town, _phone, with.Web.Url);
        await SignIn(person, "/me$");
        await person.Page.GotoAsync(mail.TextBody!.Split().First(word => word.StartsWith($"{with.Web.Url}join/", StringComparison.Ordinal)));
        await person.SayYes(digits);
        await person.Arrives("/join/done$");
        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page.Locator(".notice.warn")).ToHaveCountAsync(0);
        await person.Page.GetByTestId("answer-refund").First.ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("refund");

        await person.Page.GotoAsync("/me");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Stop Acme" }).ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("taken it back");
        await Assertions.Expect(agent.Page.Locator("main")).Not.ToContainTextAsync("refund");
    }

    /// <summary>Signs in at the provider, as the account that was added last.</summary>
    private async Task SignIn(Visitor visitor, string home)
    {
        visitor.MayAsk(with.Provider.Issuer);
        await visitor.Page.GotoAsync("/");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await visitor.Arrives(home);
    }

    private async Task<string> Session(Visitor visitor) => string.Concat((await visitor.Context.CookiesAsync([with.Web.Url.ToString()]))
        .Where(cookie => cookie.Name.StartsWith("__Host-session", StringComparison.Ordinal)).OrderBy(cookie => cookie.Name, StringComparer.Ordinal).Select(cookie => cookie.Value));
}
