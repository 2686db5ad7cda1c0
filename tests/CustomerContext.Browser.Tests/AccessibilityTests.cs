using CustomerContext.Browser.Tests.Harness;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>axe finds nothing on any page and state: light, dark and narrow.</summary>
[Collection(TownCollection.Name)]
public sealed class AccessibilityTests(Town town)
{
    public static TheoryData<string> AllLooks => ["light", "dark", "narrow"];

    [Theory]
    [MemberData(nameof(AllLooks))]
    public async Task Axe_OnEveryPage_FindsNothing(string how)
    {
        var looks = LooksOf(how);
        var address = await town.NewCustomer();
        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await town.Say(address, "I am so angry, nobody helps with the router.", "router");

        await using var nobody = await Visitor.Open(town, looks);
        await Check(nobody, "/", "/demo", "/not-there");
        await using var agent = await Visitor.SignIn(town, "agent-acme", looks);
        await Check(agent, "/agent");
        await agent.Find(address);
        await Check(agent, agent.Page.Url);
        await agent.Find(town.NextAddress());
        await Check(agent, agent.Page.Url);
        await agent.Page.GetByTestId("ask").ClickAsync();
        await agent.Page.Locator("summary").ClickAsync();
        await CheckHere(agent);
        await CheckJoin(looks, await agent.Page.GetByTestId("spoken-digits").InnerTextAsync(), await agent.Page.GetByTestId("join-code").InnerTextAsync());
        await Check(agent, "/embed", "/demo/crm");
        await using var customer = await Visitor.SignIn(town, address, looks);
        await Check(customer, "/me", "/me/looks", "/me/known", "/me/code", "/me/friends", "/me/sources", "/me/everything", "/outbox");
        await using var analyst = await Visitor.SignIn(town, "analyst-acme", looks);
        await Check(analyst, "/tribes", "/tribes/e-bikers");
        await using var operating = await Visitor.SignIn(town, "operator", looks);
        await Check(operating, "/ops");
    }

    [Fact]
    public async Task Keyboard_Alone_IsEnoughForACall()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "My camera is broken.", "camera");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Page.Keyboard.TypeAsync(address); // the field has the focus when the page opens
        await agent.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("camera");
        await agent.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(agent.Page.Locator(":focus")).ToHaveTextAsync("Skip to the content");
        await agent.Page.Keyboard.PressAsync("Enter");
        await agent.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(agent.Page.Locator(":focus")).ToHaveTextAsync("End call");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Page.GetByTestId("find")).ToBeFocusedAsync();
    }

    /// <summary>The pages of a request: the code, who asks, a mistake, the questions after a yes.</summary>
    private async Task CheckJoin(Looks looks, string digits, string code)
    {
        await using var person = await Visitor.Open(town, looks);
        await Check(person, "/join");
        await person.Page.GetByTestId("code").FillAsync(code);
        await person.Page.GetByTestId("code-submit").ClickAsync();
        await CheckHere(person);
        await person.Page.GetByTestId("yes").ClickAsync();
        await CheckHere(person);
        await person.Page.GetByTestId("myself").CheckAsync();
        await person.Page.GetByTestId("digits").FillAsync(digits.Trim());
        await person.Page.GetByTestId("of-age").CheckAsync();
        await person.Page.GetByTestId("yes").ClickAsync();
        await person.Page.WaitForURLAsync("**/join/done");
        await CheckHere(person);
    }

    private static Looks LooksOf(string how) => how switch
    {
        "dark" => new Looks { Dark = true },
        "narrow" => new Looks { Width = 320, Height = 640 },
        _ => new Looks(),
    };

    private static async Task Check(Visitor visitor, params string[] paths)
    {
        foreach (var path in paths)
        {
            await visitor.Page.GotoAsync(path);
            await CheckHere(visitor);
        }
    }

    private static async Task CheckHere(Visitor visitor)
    {
        var path = visitor.Page.Url;
        var found = await visitor.Page.RunAxe(new AxeRunOptions());
        Assert.Empty(found.Violations.Select(fault => $"{path}: {fault.Id}: {string.Join("; ", fault.Nodes.Select(node => node.Html))}"));
        var overflow = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{path} is {overflow} px too wide");
    }
}
