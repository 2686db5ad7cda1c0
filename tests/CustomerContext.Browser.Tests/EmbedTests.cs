using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Testing;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The side panel of another desktop: the example desktop signs a call, the panel shows it, and nobody else can tell it anything.</summary>
[Collection(TownCollection.Name)]
public sealed class EmbedTests(Town town)
{
    [Fact]
    public async Task Panel_OfADesktop_ShowsItsCallsFromBeginningToEnd()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "My router is broken, this is really disappointing.", "router");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Page.GotoAsync("/demo/crm");
        var panel = agent.Page.FrameLocator("#context");
        await Assertions.Expect(panel.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No call");

        await agent.Page.GetByTestId("caller").FillAsync(address);
        await agent.Page.GetByTestId("call-begins").ClickAsync();
        await Assertions.Expect(panel.GetByTestId("brief")).ToContainTextAsync("router");
        await Assertions.Expect(agent.Page.Locator("#heard")).ToHaveTextAsync("It shows the customer’s context for this call.");
        Assert.Equal(0, await panel.Locator(".top, .bottom").CountAsync());

        await agent.Page.GetByTestId("call-ends").ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No call");
        Assert.Empty(agent.Complaints);
    }

    [Theory]
    [InlineData("eyJpbnRlcmFjdGlvbiI6ImkiLCJmaW5kIjoiYUBiLmV4YW1wbGUiLCJwdXJwb3NlIjoiIiwiZXhwaXJlcyI6OTk5OTk5OTk5OX0.AAAA")]
    [InlineData("no call at all")]
    [InlineData("")]
    public async Task Panel_ToldOfACallThatNoDesktopSigned_Refuses(string call)
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Page.GotoAsync("/demo/crm");
        var panel = agent.Page.FrameLocator("#context");
        await panel.Locator("#call").EvaluateAsync("(field, call) => { field.value = call; field.form.submit(); }", call);

        await Assertions.Expect(panel.GetByRole(AriaRole.Alert)).ToContainTextAsync("not signed by your desktop");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("sales.advice", true)]
    [InlineData("marketing.offer", false)]
    public async Task Panel_SignedForAPurpose_BeginsTheCallIfAgentsMayChooseIt(string purpose, bool begins)
    {
        var secret = new string('s', 32);
        await using var web = await WebProcess.Start(
            town.Silo,
            town.Silo.Grpc,
            ("CustomerContextWeb__Listen", $"127.0.0.1:{FreePort.NextText()}"),
            ("CustomerContextWeb__Embed__Origins__0", "http://desktop.example"),
            ("CustomerContextWeb__Embed__Secret", secret));
        await using var agent = await Visitor.SignIn(town, "agent-acme", at: web.Url);
        await agent.Page.GotoAsync("/embed");

        await agent.Page.Locator("#call").EvaluateAsync("(field, call) => { field.value = call; field.form.submit(); }", Signed(purpose, secret));

        await Assertions.Expect(begins ? agent.Page.GetByTestId("connection") : agent.Page.GetByRole(AriaRole.Alert)).ToBeAttachedAsync();
    }

    /// <summary>The desktop is allowed, but of another site (localhost is not 127.0.0.1): the browser keeps the session cookie back, and a sign-in would never be seen there.</summary>
    [Fact]
    public async Task Panel_InADesktopOfAnotherSite_SaysSoAndOpensAWindowOfItsOwn()
    {
        var listen = $"127.0.0.1:{FreePort.NextText()}";
        await using var host = new HostPage($"<iframe src=\"http://{listen}/embed\"></iframe>");
        await using var web = await WebProcess.Start(
            town.Silo,
            town.Silo.Grpc,
            ("CustomerContextWeb__Listen", listen),
            ("CustomerContextWeb__Embed__Origins__0", host.Url.GetLeftPart(UriPartial.Authority)),
            ("CustomerContextWeb__Embed__Secret", new string('s', 32)));
        await using var agent = await Visitor.SignIn(town, "agent-acme", at: web.Url);
        agent.MayAsk(host.Url.ToString());
        await agent.Page.GotoAsync(host.Url.ToString());
        var panel = agent.Page.FrameLocator("iframe");
        await Assertions.Expect(panel.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not in this desktop");

        var window = await agent.Context.RunAndWaitForPageAsync(() => panel.GetByTestId("own-window").ClickAsync());

        await Assertions.Expect(window.GetByTestId("find")).ToBeVisibleAsync(); // where they are signed in
    }

    [Fact]
    public async Task Panel_InAPageOfSomebodyElse_IsNotShown()
    {
        await using var host = new HostPage($"<iframe src=\"{town.Url}embed\"></iframe>");
        await using var visitor = await Visitor.SignIn(town, "agent-acme");
        visitor.MayAsk(host.Url.ToString());
        await visitor.Page.GotoAsync(host.Url.ToString());

        Assert.Equal(0, await visitor.Page.FrameLocator("iframe").Locator("#panel").CountAsync());
        Assert.Contains(visitor.Complaints, complaint => complaint.Contains("frame-ancestors", StringComparison.Ordinal));
    }

    /// <summary>A call as docs/pages.md has a desktop's server sign it.</summary>
    private static string Signed(string purpose, string secret)
    {
        var call = JsonSerializer.SerializeToUtf8Bytes(new { interaction = $"call-{Guid.CreateVersion7()}", find = "somebody@example.org", purpose, expires = 9_999_999_999 });
        var content = Base64Url.EncodeToString(call);
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(content)))}";
    }
}
