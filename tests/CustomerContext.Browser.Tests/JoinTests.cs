using CustomerContext.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The whole call, both pages side by side: a person unknown a minute ago says yes, and the agent's screen fills by itself.</summary>
[Collection(TownCollection.Name)]
public sealed class JoinTests(Town town)
{
    private static readonly Looks _phone = new() { Width = 360, Height = 740 };

    [Fact]
    public async Task Call_WithSomebodyUnknown_FromTheAskToTheStop()
    {
        var address = town.NextAddress();
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        var digits = await Ask(agent, address);
        await Assertions.Expect(agent.Page.GetByTestId("on-their-phone")).ToHaveCountAsync(0); // no issuer here asks on phones
        await using var person = await Visitor.Open(town, _phone);

        // The link of the message, two digits, three presses, two pages.
        var link = await LinkTo(person, address);
        var pages = 0;
        person.Page.FrameNavigated += (_, _) => pages++;
        await person.CountPresses();
        await person.Page.GotoAsync(link);
        Assert.EndsWith("/join", person.Page.Url, StringComparison.Ordinal); // code and proof stand in no address
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("May Acme see your context");
        Assert.Equal(await Sizes(person, "yes"), await Sizes(person, "no"));
        Assert.Equal(0, await person.Page.Locator("input:checked").CountAsync());
        await person.SayYes(digits);
        await person.Arrives("/join/done$");
        var pressesOfAYes = await person.Presses();
        Assert.Equal(3, pressesOfAYes);
        Assert.Equal(2, pages);

        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page.Locator(".notice.warn")).ToHaveCountAsync(0); // the link proves the address

        // One press answers a question, and the agent sees it; so does what the company's own program sends.
        var headline = await agent.Page.Locator(".headline").InnerTextAsync();
        await person.Page.GetByTestId("answer-refund").First.ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("refund");
        await Assertions.Expect(agent.Page.Locator(".headline")).Not.ToHaveTextAsync(headline);
        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");

        // By way of the home page a stop takes two presses; beside the answers it takes one.
        var before = await person.Presses();
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "See who looked" }).ClickAsync();
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Stop Acme" }).ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("taken it back");
        Assert.InRange(await person.Presses() - before, 1, pressesOfAYes);
        await Assertions.Expect(agent.Page.GetByTestId("withheld-top-of-mind")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page.Locator("main")).Not.ToContainTextAsync("router");
        Assert.Empty(agent.Complaints);
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task Call_WithoutScript_BySpokenDigitsTheSame()
    {
        var address = town.NextAddress();
        await using var agent = await Visitor.SignIn(town, "agent-acme", new Looks { Script = false });
        var digits = await Ask(agent, address);
        await agent.Page.Locator("summary").ClickAsync();
        var code = await agent.Page.GetByTestId("join-code").InnerTextAsync();
        await using var person = await Visitor.Open(town, _phone with { Script = false });

        await person.Page.GotoAsync("/join");
        await person.Page.GetByTestId("code").FillAsync("12345");
        await person.Page.GetByTestId("code-submit").ClickAsync();
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nine digits");
        await person.Page.GetByTestId("code").FillAsync(code);
        await person.Page.GetByTestId("code-submit").ClickAsync();
        await person.Page.GetByTestId("shown-notice").Locator("summary").ClickAsync();
        await Assertions.Expect(person.Page.GetByTestId("shown-notice")).ToContainTextAsync("What you write is never kept");
        await person.SayYes(digits == "00" ? "01" : "00");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("2 more tries");
        await person.Page.GetByTestId("digits").FillAsync(digits);
        await person.Page.GetByTestId("yes").ClickAsync();
        await person.Arrives("/join/done$");

        await agent.Page.ReloadAsync();
        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page.Locator(".notice.warn")).ToContainTextAsync(address); // a typed code proves no address
    }

    [Fact]
    public async Task Join_ANo_LeavesNothingAndLooksLikeNoAnswer()
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await Ask(agent, town.NextAddress());
        await agent.Page.Locator("summary").ClickAsync();
        var code = (await agent.Page.GetByTestId("join-code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await using var person = await Visitor.Open(town, _phone);
        await person.Page.GotoAsync($"/join/{code}");
        await person.Page.GetByTestId("no").ClickAsync();

        await Assertions.Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nothing was shared");
        await agent.Page.ReloadAsync();
        await Assertions.Expect(agent.Page.GetByTestId("spoken-digits")).ToBeVisibleAsync();
        await person.Page.GotoAsync("/me");
        Assert.EndsWith("/?to=%2Fme", person.Page.Url, StringComparison.Ordinal); // nobody was signed in
    }

    /// <summary>Each typed code made a session of its own, so that no browser was ever refused.</summary>
    [Fact]
    public async Task Join_ManyWrongCodesOfOneBrowser_IsRefusedAndAnotherIsNot()
    {
        const int GuessesOfASession = 10;
        await using var guesser = await Visitor.Open(town, _phone);
        for (var i = 0; i < GuessesOfASession; i++)
        {
            await Guess(guesser, "leads nowhere");
        }

        await Guess(guesser, "too often");
        await using var another = await Visitor.Open(town, _phone);
        await Guess(another, "leads nowhere");
    }

    /// <summary>Types a code that leads nowhere; what the page says.</summary>
    private static async Task Guess(Visitor visitor, string says)
    {
        await visitor.Page.GotoAsync("/join");
        await visitor.Page.GetByTestId("code").FillAsync("000 000 000");
        await visitor.Page.GetByTestId("code-submit").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(says);
    }

    /// <summary>The agent opens a call and asks; the two digits to say.</summary>
    private static async Task<string> Ask(Visitor agent, string address)
    {
        await agent.Find(address);
        await agent.Page.GetByTestId("ask").ClickAsync();
        return (await agent.Page.GetByTestId("spoken-digits").InnerTextAsync()).Trim();
    }

    /// <summary>The link in the message to an address, at the pages of this town.</summary>
    private static async Task<string> LinkTo(Visitor person, string address)
    {
        await person.Page.GotoAsync("/outbox");
        var link = person.Page.Locator("article", new() { HasText = address }).GetByTestId("open-link");
        return new Uri((await link.GetAttributeAsync("href"))!).AbsolutePath;
    }

    private static async Task<(float Width, float Height)> Sizes(Visitor person, string button)
    {
        var box = await person.Page.GetByTestId(button).BoundingBoxAsync();
        return (box!.Width, box.Height);
    }
}
