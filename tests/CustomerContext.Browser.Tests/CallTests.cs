using CustomerContext.Browser.Tests.Harness;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>An agent, a customer, one call: both pages side by side.</summary>
[Collection(TownCollection.Name)]
public sealed class CallTests(Town town)
{
    [Fact]
    public async Task Find_SomebodyWhoAllowsIt_ShowsTheFacets()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);

        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
        await Assertions.Expect(agent.Page.GetByTestId("facet-conversations")).ToContainTextAsync("Phone about router");
        Assert.DoesNotContain("person", new Uri(agent.Page.Url).PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_AStrangerOrSomebodyWhoAllowsNothing_LooksTheSame()
    {
        var silent = town.NextAddress();
        await town.As(silent).Me.SetPreferencesAsync(new Preferences { OfAge = true });
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        var screens = new List<string>();
        foreach (var address in new[] { silent, town.NextAddress() })
        {
            await agent.Find(address);
            await Assertions.Expect(agent.Page.GetByTestId("ask")).ToBeVisibleAsync();
            screens.Add((await agent.Page.Locator("main").InnerTextAsync()).Replace(address, "", StringComparison.Ordinal));
        }

        Assert.Equal(screens[0], screens[1]);
    }

    [Fact]
    public async Task Screen_WhenASignalArrives_ChangesByItselfAndSaysSo()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "Hello, when will the parcel arrive?", "delivery");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("delivery");

        await town.Say(address, "And the router is broken again.", "router");

        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
        await Assertions.Expect(agent.Page.GetByTestId("since-call-began")).ToContainTextAsync("router");
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Changed");
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task Screen_WhenTheCustomerPressesStop_GoesDark()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "The router is broken again.", "router");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");

        await using var customer = await Visitor.SignIn(town, address, new Looks { Width = 360, Height = 740 });
        await customer.Page.Locator("[data-testid^=stop-]").ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("sees nothing any more");

        await Assertions.Expect(agent.Page.GetByTestId("withheld-top-of-mind")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("taken it back");
        await Assertions.Expect(agent.Page.Locator("main")).Not.ToContainTextAsync("router is");
        Assert.DoesNotContain("facet-", await agent.Page.Locator("[data-testid]").EvaluateAllAsync<string>("all => all.map(e => e.dataset.testid).join(' ')"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Screen_WithoutScript_ShowsWhatIsNewAfterAReload()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "Hello, when will the parcel arrive?", "delivery");
        await using var agent = await Visitor.SignIn(town, "agent-acme", new Looks { Script = false });
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("delivery");

        await town.Say(address, "And the router is broken again.", "router");
        await agent.Page.ReloadAsync();

        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
        await Assertions.Expect(agent.Page.GetByTestId("since-call-began")).ToContainTextAsync("router");
    }

    [Fact]
    public async Task Calls_InTwoTabs_NeverMix()
    {
        var (one, other) = (await town.NewCustomer(), await town.NewCustomer());
        await town.Say(one, "My camera is broken.", "camera");
        await town.Say(other, "My router is broken.", "router");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(one);
        var first = agent.Page.Url;
        await agent.Find(other);
        var second = agent.Page.Url;

        for (var i = 0; i < 5; i++)
        {
            await agent.Page.GotoAsync(first);
            await Assertions.Expect(agent.Page.Locator("main")).ToContainTextAsync("camera");
            await Assertions.Expect(agent.Page.Locator("main")).Not.ToContainTextAsync("router");
            await agent.Page.GotoAsync(second);
            await Assertions.Expect(agent.Page.Locator("main")).ToContainTextAsync("router");
            await Assertions.Expect(agent.Page.Locator("main")).Not.ToContainTextAsync("camera");
        }

        await using var colleague = await Visitor.SignIn(town, "agent-acme");
        await colleague.Page.GotoAsync(first);
        Assert.EndsWith("/agent", colleague.Page.Url, StringComparison.Ordinal); // a call belongs to who began it
    }

    [Fact]
    public async Task End_OfACall_ForgetsIt()
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(await town.NewCustomer());
        var call = agent.Page.Url;
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "End call" }).ClickAsync();
        await agent.Page.WaitForURLAsync("**/agent");
        await agent.Page.GotoAsync(call);
        Assert.EndsWith("/agent", agent.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_OfNonsense_SaysWhatToEnter()
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Page.GetByTestId("find").FillAsync("a@b@c");
        await agent.Page.GetByTestId("find-submit").ClickAsync();
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is a problem");
        await Assertions.Expect(agent.Page.GetByTestId("find")).ToHaveValueAsync("a@b@c");
    }
}
