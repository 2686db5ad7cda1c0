using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The customer's tribes, and what their tribes ask them.</summary>
[Collection(TownCollection.Name)]
public sealed class MyTribesTests(Town town)
{
    [Fact]
    public async Task Tribe_JoinedAndLeft_TakesOnePressEach()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/tribes");
        await Assertions.Expect(customer.Page.GetByTestId("counted")).ToContainTextAsync("Acme"); // lets Acme see everything
        await customer.Page.GetByTestId("join-e-bikers").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("tribes")).ToContainTextAsync("E-bikers");
        Assert.Equal("e-bikers", Assert.Single((await me.GetContextAsync()).Context.Tribes.Joined).Tribe.TribeId);

        await customer.Page.GetByTestId("leave-e-bikers").ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("You are not in it.");
        await Assertions.Expect(customer.Page.GetByTestId("tribes")).Not.ToContainTextAsync("E-bikers");
        Assert.Empty((await me.GetContextAsync()).Context.Tribes.Joined);
    }

    [Fact]
    public async Task Counted_WithYesesAndAGrant_SaysForWhatAndWhoSeesIt()
    {
        var address = town.NextAddress();
        var me = town.As(address).Me;
        await me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "customer" } });
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/tribes");
        await Assertions.Expect(customer.Page.GetByTestId("counted")).ToContainTextAsync("nobody");

        await me.ChangePreferencesAsync(new Preferences { Contribute = { "service.complaint" }, Publish = true }, ["contribute", "publish"]);
        await me.CreateGrantAsync("globex", Town.EverythingAtAnyTime());
        await customer.Page.ReloadAsync();
        await Assertions.Expect(customer.Page.GetByTestId("counted")).ToContainTextAsync("A complaint");
        await Assertions.Expect(customer.Page.GetByTestId("counted")).ToContainTextAsync("yes");
        await Assertions.Expect(customer.Page.GetByTestId("counted")).ToContainTextAsync("Globex");
    }

    /// <summary>A company says that they are in a tribe: only their yes makes it so, and after a no it is not asked again.</summary>
    [Fact]
    public async Task Suggested_AfterANo_IsNotSuggestedAgain()
    {
        var address = await town.NewCustomer();
        var claim = town.Turn(address, "-");
        claim.Membership = new MembershipSignal { TribeId = "coffee-lovers", Change = MembershipChange.Joined };
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(await town.AsProgram("acme").Signals.PublishAsync([claim])).Outcome);
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GetByTestId("also-waits").GetByRole(AriaRole.Link).ClickAsync();
        var suggested = customer.Page.GetByTestId("suggested-coffee-lovers");
        await Assertions.Expect(suggested).ToContainTextAsync("Acme says that you are in it.");
        var yes = await suggested.GetByRole(AriaRole.Button, new() { Name = "Yes" }).BoundingBoxAsync();
        var no = await suggested.GetByRole(AriaRole.Button, new() { Name = "No" }).BoundingBoxAsync();
        Assert.Equal((yes!.Width, yes.Height), (no!.Width, no.Height));

        await suggested.GetByRole(AriaRole.Button, new() { Name = "No" }).ClickAsync();
        await Assertions.Expect(suggested).ToHaveCountAsync(0);
        await Assertions.Expect(customer.Page.GetByTestId("join-coffee-lovers")).ToBeVisibleAsync();
        Assert.Empty((await town.As(address).Me.GetContextAsync()).Context.Tribes.Joined);
    }

    [Theory]
    [InlineData(true, false, "is not kept")]
    [InlineData(true, true, "stopped everything")]
    [InlineData(false, false, "that you are of age")]
    public async Task Tribe_WhereOwnWordsAreNotKept_SaysSoInsteadOfThankingForNothing(bool ofAge, bool paused, string why)
    {
        var address = town.NextAddress();
        var me = town.As(address).Me;
        await me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { ofAge ? "acme" : "customer" } });
        await me.ChangePreferencesAsync(new Preferences { OfAge = ofAge }, ["of_age"]);
        if (paused)
        {
            await me.PauseAllAsync();
        }

        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/tribes");
        await customer.Page.GetByTestId("join-e-bikers").ClickAsync();

        await Assertions.Expect(customer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(why);
        Assert.Empty((await me.GetContextAsync()).Context.Tribes.Joined);
        if (!ofAge)
        {
            await customer.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
            await Assertions.Expect(customer.Page.GetByTestId("give-of-age")).ToBeVisibleAsync();
        }
    }

    /// <summary>A stop never fails: whoever has stopped everything can leave for good, and so can whoever has their own word not kept say no.</summary>
    [Fact]
    public async Task Tribe_WhileEverythingIsPaused_CanBeLeft()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/tribes");
        await customer.Page.GetByTestId("join-e-bikers").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("tribes")).ToContainTextAsync("E-bikers");
        await me.PauseAllAsync();

        await customer.Page.GetByTestId("leave-e-bikers").ClickAsync();

        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("You are not in it.");
        await me.ResumeAllAsync();
        Assert.Empty((await me.GetContextAsync()).Context.Tribes.Joined);
    }

    [Fact]
    public async Task Suggested_WhereOwnWordsAreNotKept_TakesANo()
    {
        var address = town.NextAddress();
        await town.As(address).Me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme" } });
        var claim = town.Turn(address, "-");
        claim.Membership = new MembershipSignal { TribeId = "coffee-lovers", Change = MembershipChange.Joined };
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(await town.AsProgram("acme").Signals.PublishAsync([claim])).Outcome);
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/tribes");
        var suggested = customer.Page.GetByTestId("suggested-coffee-lovers");

        await suggested.GetByRole(AriaRole.Button, new() { Name = "No" }).ClickAsync();

        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("You are not in it.");
        await Assertions.Expect(suggested).ToHaveCountAsync(0);
    }

    /// <summary>The demo's tribes have asked their members: whoever says yes to being asked sees a question, answers it by one press, and finds it among what was asked.</summary>
    [Fact]
    public async Task Question_OfATribe_IsAnsweredInOnePressAndFoundAgain()
    {
        using var data = new TempFolder();
        await using var demo = await SiloProcess.StartDemo(data.Path);
        await demo.Writes("./ctx get"); // then the town is there
        await using var web = await WebProcess.Start(demo);
        await using var customer = await Visitor.SignIn(town, "customer1@example.org", at: web.Url);
        await customer.Page.GotoAsync("/me/questions");
        await Assertions.Expect(customer.Page.GetByTestId("question")).ToHaveCountAsync(0);
        await customer.Page.GetByTestId("give-ask").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("question")).ToContainTextAsync("How do you feel about");
        await (await Axe.Of(customer, runsScripts: true)).CheckHere();

        await customer.Page.GotoAsync("/me");
        await customer.Page.GetByTestId("also-waits").GetByRole(AriaRole.Link, new() { Name = "asks you" }).ClickAsync();
        await customer.Page.GetByTestId("answer-4").ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice").First).ToContainTextAsync("Thank you.");
        await Assertions.Expect(customer.Page.GetByTestId("question")).ToHaveCountAsync(0);

        await customer.Page.GetByTestId("past").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("history")).ToContainTextAsync("answered 4 / 5");
    }
}
