using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Testing;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The pictures of the README and of docs/pages.md: made of the pages as they are.</summary>
[Collection(TownCollection.Name)]
public sealed class PictureTests(Town town)
{
    /// <summary>A notice is much text, and text is what a picture's bytes go into.</summary>
    private const int NoticeHeight = 560;

    private static readonly Looks _desk = new() { Width = 900, Height = 600 };
    private static readonly Looks _small = new() { Width = 760, Height = 560 };
    private static readonly Looks _phone = new() { Width = 360, Height = 740 };

    [Fact]
    public async Task Pictures_OfACall_AreSmall()
    {
        const string address = "sam@example.org";
        await using var agent = await Visitor.SignIn(town, "agent-acme", _desk);
        await agent.Find(address);
        await agent.Page.GetByTestId("ask").ClickAsync();
        var digits = (await agent.Page.GetByTestId("spoken-digits").InnerTextAsync()).Trim();
        await agent.Take("agent-asks");

        await using var person = await Visitor.Open(town, _phone);
        await person.Page.GotoAsync("/outbox");
        var link = person.Page.Locator("article", new() { HasText = address }).GetByTestId("open-link");
        await person.Page.GotoAsync(new Uri((await link.GetAttributeAsync("href"))!).AbsolutePath);
        await person.Take("join");
        await TakeNotice(person);
        await person.Page.GetByTestId("yes").ClickAsync();
        await Assertions.Expect(person.Page.Locator(".errors")).ToBeVisibleAsync();
        await person.Take("join-errors");
        await person.SayYes(digits);
        await person.Arrives("/join/done$");
        await person.Page.GetByTestId("answer-refund").Last.ClickAsync();
        await person.Page.GetByTestId("answer-ask_again").ClickAsync();
        await person.Page.GetByTestId("call-me").FillAsync("Sam");
        await person.Page.GetByTestId("call-me").PressAsync("Enter");
        await person.Take("join-done");

        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await town.Say(address, "I am so angry, nobody helps with the router.", "router");
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
        await agent.Page.ReloadAsync(); // without the marks of what just changed
        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();
        await agent.Take("agent-brief");

        await person.Page.GotoAsync("/me");
        await person.Take("me");
    }

    [Fact]
    public async Task Pictures_OfAnAgentsOtherScreens_AreSmall()
    {
        var address = await Known("alex@example.org");
        await using var agent = await Visitor.SignIn(town, "agent-acme", _desk with { Dark = true });
        await agent.Take("agent-find-dark");
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
        await agent.Take("agent-brief-dark");
        var grant = Assert.Single((await town.As(address).Me.GetConsentAsync()).Grants);
        await town.As(address).Me.RevokeGrantAsync(grant.GrantId);
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("taken it back");
        await agent.Take("agent-taken-back-dark");

        await using var other = await Visitor.SignIn(town, "agent-globex", _desk);
        await other.Find("nobody@example.org");
        await other.Take("agent-closed");
        await other.Page.GotoAsync("/agent");
        await other.Page.GetByTestId("find").FillAsync("not@an@address");
        await other.Page.GetByTestId("find-submit").ClickAsync();
        await Assertions.Expect(other.Page.Locator(".errors")).ToBeVisibleAsync();
        await other.Take("agent-find-error");
    }

    [Fact]
    public async Task Pictures_OfWorkThatWaits_AreSmall()
    {
        await Known("mika@example.org"); // asks, and is no support subscriber
        await town.Admit("jo@example.org");
        var id = await QueueTests.Ask(town, "jo@example.org");
        await using var agent = await Visitor.SignIn(town, "agent-acme", _small);
        await agent.Page.GotoAsync("/agent/queue");
        await agent.Take("agent-queue");
        await agent.Page.Locator($"#claim-{id}").ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("held")).ToBeVisibleAsync();
        await agent.Take("agent-work");
        await agent.Page.GetByTestId("held-return").ClickAsync();
    }

    [Fact]
    public async Task Pictures_OfAnotherDesktop_ShowTheSidePanel()
    {
        var address = await Known("kim@example.org");
        await using var agent = await Visitor.SignIn(town, "agent-acme", new Looks { Width = 1040, Height = 480 });
        await agent.Page.GotoAsync("/demo/crm");
        await agent.Page.GetByTestId("caller").FillAsync(address);
        await agent.Page.GetByTestId("call-begins").ClickAsync();
        await Assertions.Expect(agent.Page.Locator("#heard")).ToContainTextAsync("It shows");
        await agent.Take("desktop");
    }

    [Fact]
    public async Task Pictures_OfACustomersPages_AreSmall()
    {
        var address = await Known("robin@example.org");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await using var customer = await Visitor.SignIn(town, address, _phone);
        foreach (var page in new[] { "looks", "known", "choices", "code", "friends", "sources", "everything" })
        {
            await customer.Page.GotoAsync($"/me/{page}");
            await customer.Take($"me-{page}");
        }
    }

    [Fact]
    public async Task Pictures_OfOtherPages_AreSmall()
    {
        await using var visitor = await Visitor.Open(town, _small);
        foreach (var (path, name) in new[] { ("/", "start"), ("/demo", "demo"), ("/outbox", "outbox"), ("/join", "join-code"), ("/not-there", "not-there") })
        {
            await visitor.Page.GotoAsync(path);
            await visitor.Take(name);
        }

        await visitor.SignIn("operator");
        await visitor.Take("operation");
    }

    [Fact]
    public async Task Pictures_OfTheDemosTribes_ShowTheirMoodAndTheirQuestion()
    {
        using var data = new TempFolder();
        await using var demo = await SiloProcess.StartDemo(data.Path);
        await demo.Writes("./ctx get"); // then the town is there
        await using var web = await WebProcess.Start(demo);
        await using var analyst = await Visitor.SignIn(town, "analyst-acme", _small, web.Url);
        Assert.DoesNotContain("Too few", await analyst.Page.Locator(".tribe-list").InnerTextAsync(), StringComparison.Ordinal);
        await analyst.Take("tribes");
        await analyst.Page.GotoAsync("/tribes/e-bikers");
        await Assertions.Expect(analyst.Page.Locator(".range")).ToBeVisibleAsync();
        await analyst.Take("tribe");
        await analyst.Page.Locator(".trend-chart").ScrollIntoViewIfNeededAsync();
        await analyst.Take("tribe-trend");

        await using var customer = await Visitor.SignIn(town, "customer1@example.org", _phone, web.Url);
        await customer.Page.GotoAsync("/me/tribes");
        await customer.Take("me-tribes");
        await customer.Page.GotoAsync("/me/questions");
        await customer.Page.GetByTestId("give-ask").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("question")).ToBeVisibleAsync();
        await customer.Page.GotoAsync("/me/questions"); // without the word of thanks
        await customer.Take("me-questions");
    }

    /// <summary>What a yes means, opened, with the yes and the no below it: light and dark. The form stands open as it did.</summary>
    private static async Task TakeNotice(Visitor person)
    {
        var notice = person.Page.GetByTestId("shown-notice");
        await notice.Locator("summary").ClickAsync();
        await person.Page.SetViewportSizeAsync(_phone.Width, NoticeHeight);
        await person.Page.Locator(".yes-no + p").EvaluateAsync("last => last.scrollIntoView({ block: 'end' })");
        await person.Take("join-notice");
        await person.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await person.Take("join-notice-dark");
        await person.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await person.Page.SetViewportSizeAsync(_phone.Width, _phone.Height);
        await notice.Locator("summary").ClickAsync();
    }

    /// <summary>Somebody who lets acme see everything, and whose router is broken.</summary>
    private async Task<string> Known(string address)
    {
        await town.Admit(address);
        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await town.Say(address, "I am so angry, nobody helps with the router.", "router");
        return address;
    }
}
