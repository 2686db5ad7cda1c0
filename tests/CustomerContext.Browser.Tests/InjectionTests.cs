using CustomerContext.Browser.Tests.Harness;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>What a source sends is shown as text and does nothing: neither when a page is loaded nor when it is pushed.</summary>
[Collection(TownCollection.Name)]
public sealed class InjectionTests(Town town)
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    [Fact]
    public async Task Sources_InEveryField_CannotBecomeMarkup()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "Hello", "camera");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("camera");

        // While the screen is open, so that the pushed way is tried as well.
        await Publish(Hostile(address));
        await Assertions.Expect(agent.Page.GetByTestId("facet-situation")).ToContainTextAsync("x-note");
        await CheckIsInert(agent);
        await agent.Page.ReloadAsync();
        await CheckIsInert(agent);

        await using var customer = await Visitor.SignIn(town, address);
        foreach (var path in new[] { "/me", "/me/known", "/me/looks", "/me/choices", "/me/tribes", "/me/questions?past=true" })
        {
            await customer.Page.GotoAsync(path);
            await CheckIsInert(customer);
        }
    }

    [Fact]
    public async Task Find_WithMarkup_ShowsItAsText()
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(Markup);
        await Assertions.Expect(agent.Page.Locator(".call-head")).ToContainTextAsync(Markup);
        await CheckIsInert(agent);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    public async Task Link_ThatIsNoWebAddress_IsRefusedAtTheDoor(string link)
    {
        var signal = town.Turn(town.NextAddress(), "Hello", "camera");
        signal.Link = link;
        var results = await town.AsProgram("acme").Signals.PublishAsync([signal]);
        Assert.Equal(SignalOutcome.Refused, Assert.Single(results).Outcome);
    }

    /// <summary>Signals with markup, quotes and changes of writing direction wherever a source may choose the text.</summary>
    private IEnumerable<Signal> Hostile(string address)
    {
        var turn = town.Turn(address, Markup, "router");
        turn.Link = "https://desk.example.org/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E?'onclick='alert(1)";
        turn.Conversation.ConversationId = "\"><img src=x onerror=alert(1)>\u202Egnp.exe";
        yield return turn;
        yield return Trait(address, "x-note", "\"><img src=x onerror=alert(1)>");
        yield return Trait(address, "x-name", "\u202Eevil\u2066 'onmouseover=alert(1)");
        yield return Trait(address, "x-long", new string('W', 64));
    }

    private Signal Trait(string address, string name, string value)
    {
        var signal = town.Turn(address, "-");
        signal.Trait = new TraitSignal { Name = name, Value = value };
        return signal;
    }

    /// <summary>Those that the silo refuses cannot harm anybody; those that it takes are shown.</summary>
    private async Task Publish(IEnumerable<Signal> signals)
    {
        var results = await town.AsProgram("acme").Signals.PublishAsync([.. signals]);
        Assert.Contains(results, result => result.Outcome == SignalOutcome.Accepted);
    }

    private static async Task CheckIsInert(Visitor visitor)
    {
        Assert.Equal(0, await visitor.Page.Locator("main img, main script, main iframe, main [onclick], main [onerror], main [onmouseover], main [style]").CountAsync());
        var links = await visitor.Page.Locator("a").EvaluateAllAsync<string[]>("all => all.map(a => a.href)");
        Assert.All(links, link => Assert.StartsWith("http", link, StringComparison.Ordinal));
        var text = await visitor.Page.Locator("main").InnerTextAsync();
        Assert.DoesNotContain(text, letter => letter is '\u202E' or '\u2066');
        Assert.Empty(visitor.Complaints); // a policy that had to step in would say so
        var overflow = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0);
    }
}
