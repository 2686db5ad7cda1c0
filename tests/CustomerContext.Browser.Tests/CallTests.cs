using CustomerContext.Browser.Tests.Harness;
using CustomerContext.V1;
using CustomerContext.Web.Calls;
using Google.Protobuf.WellKnownTypes;
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

    /// <summary>Who asks for more sees the digits to say, and what was shown before stays live. (It stood still until the request was answered, and no digits were shown.)</summary>
    [Fact]
    public async Task Ask_ForOneFacetMore_ShowsTheDigitsAndStaysLive()
    {
        var address = town.NextAddress();
        var me = town.As(address).Me;
        await me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme" } });
        await me.CreateGrantAsync("acme", new GrantTerms { Purposes = { "service.support" }, Facets = { Facet.TopOfMind }, When = GrantWhen.AnyTime, IncludeEarlier = true });
        await town.Say(address, "Hello, when will the parcel arrive?", "delivery");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await agent.Page.GetByTestId("withheld-conversations").GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("spoken-digits")).ToBeVisibleAsync();

        await town.Say(address, "And the router is broken again.", "router");
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");

        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GetByTestId("yes").ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("facet-conversations")).ToContainTextAsync("router");
        await Assertions.Expect(agent.Page.GetByTestId("spoken-digits")).ToHaveCountAsync(0);
    }

    /// <summary>The customer's name, or that none is shared, is part of every block.</summary>
    [Fact]
    public async Task Blocks_OfACall_SayWhoseTheyAre()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind").GetByRole(AriaRole.Heading)).ToContainTextAsync("No name shared");
        await me.ChangePreferencesAsync(new Preferences { CallMe = "Ada" }, ["call_me"]);
        await agent.Page.ReloadAsync();
        await Assertions.Expect(agent.Page.Locator(".block .whose", new() { HasText = "Ada" })).ToHaveCountAsync(await agent.Page.Locator(".block").CountAsync());

        await me.RevokeGrantAsync(Assert.Single((await me.GetConsentAsync()).Grants).GrantId);
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("taken it back");
        await Assertions.Expect(agent.Page.Locator("main")).Not.ToContainTextAsync("Ada");
    }

    /// <summary>What the brief suggests can be dismissed in a call, and turned off for all of them; what the customer asks for stays.</summary>
    [Fact]
    public async Task Prompts_DismissedOrTurnedOff_StayAway()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        var prompts = agent.Page.GetByTestId("dismiss");
        await Assertions.Expect(prompts.First).ToBeVisibleAsync();
        var before = await prompts.CountAsync();
        await prompts.First.ClickAsync();
        await Assertions.Expect(prompts).ToHaveCountAsync(before - 1);
        await agent.Page.ReloadAsync();
        await Assertions.Expect(prompts).ToHaveCountAsync(before - 1);

        await agent.Page.GetByTestId("prompts").ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("prompts")).ToHaveTextAsync("Turn suggestions on");
        await agent.Find(address); // another call
        await Assertions.Expect(prompts).ToHaveCountAsync(0);
        await agent.Page.GetByTestId("prompts").ClickAsync();
        await Assertions.Expect(prompts).ToHaveCountAsync(before);
    }

    /// <summary>A dismissed suggestion stays away while it grows older, which its words say, and comes back with new evidence.</summary>
    [Fact]
    public void Prompt_Dismissed_IsKnownByWhatItSaysAndNotByItsWords()
    {
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var point = new BriefPoint { Code = (BriefPointCode)1, Facet = Facet.Attention, Topic = "router", Text = "Waits for 3 hours.", EvidenceTime = at.ToTimestamp() };
        var older = new BriefPoint(point) { Text = "Waits for 4 hours." };
        var anew = new BriefPoint(point) { EvidenceTime = at.AddHours(1).ToTimestamp() };

        Assert.Equal(Prompts.KeyOf(point), Prompts.KeyOf(older));
        Assert.NotEqual(Prompts.KeyOf(point), Prompts.KeyOf(anew));
        Assert.True(Prompts.IsKey(Prompts.KeyOf(point)));
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
        await Assertions.Expect(agent.Page.GetByText("Gone dark")).ToHaveCountAsync(1); // said once, above; the blocks show a mark
        await Assertions.Expect(agent.Page.Locator(".block .gone")).ToHaveCountAsync(9);
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
    public async Task Calls_InTwoTabsSwitchedAHundredTimes_NeverMix()
    {
        const int Switches = 100;
        const int ReloadEvery = 10;
        var (one, other) = (await town.NewCustomer(), await town.NewCustomer());
        await town.Say(one, "My camera is broken.", "camera");
        await town.Say(other, "My router is broken.", "router");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(one);
        var second = await agent.Context.NewPageAsync();
        await second.GotoAsync("/agent");
        await second.GetByTestId("find").FillAsync(other);
        await second.GetByTestId("find-submit").ClickAsync();
        (IPage Tab, string Own, string Others)[] tabs = [(agent.Page, "camera", "router"), (second, "router", "camera")];

        for (var i = 0; i < Switches; i++)
        {
            var (tab, own, others) = tabs[i % tabs.Length];
            await tab.BringToFrontAsync();
            if (i % ReloadEvery < tabs.Length)
            {
                await tab.ReloadAsync();
            }

            await Assertions.Expect(tab.GetByTestId("facet-top-of-mind")).ToContainTextAsync(own);
            Assert.DoesNotContain(others, await tab.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        }

        // What is pushed reaches its own tab alone.
        await town.Say(one, "And the invoice is wrong.", "invoice");
        await Assertions.Expect(agent.Page.GetByTestId("since-call-began")).ToContainTextAsync("invoice");
        Assert.DoesNotContain("invoice", await second.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await using var colleague = await Visitor.SignIn(town, "agent-acme");
        await colleague.Page.GotoAsync(agent.Page.Url);
        Assert.EndsWith("/agent", colleague.Page.Url, StringComparison.Ordinal); // a call belongs to who began it
    }

    [Fact]
    public async Task Reload_InMidCall_IsTheSameCall()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "My camera is broken.", "camera");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await town.Say(address, "And the router is broken again.", "router");
        await Assertions.Expect(agent.Page.GetByTestId("since-call-began")).ToContainTextAsync("router");
        var call = agent.Page.Url;

        await agent.Page.ReloadAsync();

        Assert.Equal(call, agent.Page.Url);
        await Assertions.Expect(agent.Page.GetByTestId("since-call-began")).ToContainTextAsync("router"); // what changed before the reload
        var calls = new List<string>();
        await foreach (var page in town.As(address).Me.ListDisclosuresAsync())
        {
            calls.AddRange(page.Disclosures.Select(record => record.InteractionId).Where(id => id.Length > 0));
        }

        Assert.True(calls.Count > 1);
        Assert.Single(calls.Distinct());
    }

    [Fact]
    public async Task End_OfACall_ForgetsIt()
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(await town.NewCustomer());
        var call = agent.Page.Url;
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "End call" }).ClickAsync();
        await agent.Arrives("/agent$");
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
