using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Client;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The customer's own pages.</summary>
[Collection(TownCollection.Name)]
public sealed class MeTests(Town town)
{
    [Fact]
    public async Task Code_ReadOutInACall_ShowsTheAgentTheContext()
    {
        var address = town.NextAddress();
        await town.As(address).Me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme", "customer" } });
        await town.Say(address, "My router is broken, this is really disappointing.", "router");
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GetByRole(AriaRole.Link, new() { Name = "Make a code" }).ClickAsync();
        await customer.Page.GetByLabel("Acme").CheckAsync();
        await customer.Page.GetByTestId("make-code").ClickAsync();
        var code = await customer.Page.GetByTestId("sharing-code").InnerTextAsync();

        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await agent.Page.GetByTestId("code").FillAsync(code);
        await agent.Page.GetByTestId("code").PressAsync("Enter");
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
    }

    [Fact]
    public async Task Friends_ByACode_CallEachOtherByTheNamesTheyChose()
    {
        var (ada, bob) = (await town.NewCustomer(), await town.NewCustomer());
        await using var one = await Visitor.SignIn(town, ada);
        await one.Page.GotoAsync("/me/friends");
        await one.Page.GetByTestId("call-me").FillAsync("Ada");
        await one.Page.GetByTestId("call-me").PressAsync("Enter");
        await one.Page.GetByTestId("make-friend-code").ClickAsync();
        var code = await one.Page.GetByTestId("friend-code").InnerTextAsync();
        var link = new Uri((await one.Page.GetByTestId("friend-link").GetAttributeAsync("href"))!);

        // The link fills the code in, and no more: the yes is a press.
        await using var other = await Visitor.SignIn(town, bob);
        await other.Page.GotoAsync(link.AbsolutePath);
        await Assertions.Expect(other.Page.GetByTestId("redeem-friend-code")).ToHaveValueAsync(code.Replace(" ", "", StringComparison.Ordinal));
        await Assertions.Expect(other.Page.GetByTestId("friends")).ToHaveCountAsync(0);
        await other.Page.GetByTestId("redeem-friend-code").PressAsync("Enter");
        await Assertions.Expect(other.Page.GetByTestId("friends")).ToContainTextAsync("Ada");
    }

    [Fact]
    public async Task Home_WithAGrant_SaysWhoSeesWhatAndStopsItInOnePress()
    {
        await using var customer = await Visitor.SignIn(town, await town.NewCustomer());
        var card = customer.Page.Locator("[data-testid^=grant-]");
        await Assertions.Expect(card).ToContainTextAsync("Acme");
        await Assertions.Expect(card).ToContainTextAsync("your mood");
        await Assertions.Expect(card).ToContainTextAsync("at any time");

        await card.Locator("[data-testid^=stop-]").ClickAsync();

        await Assertions.Expect(customer.Page.Locator(".empty")).ToHaveTextAsync("Nobody can see you.");
    }

    [Fact]
    public async Task Home_BoxForAiPrograms_TickedAndTakenBackInOnePressEach()
    {
        var address = await town.NewCustomer();
        await using var customer = await Visitor.SignIn(town, address);
        var card = customer.Page.Locator("[data-testid^=grant-]");
        await Assertions.Expect(card).Not.ToContainTextAsync("may read at most");

        await card.Locator("[data-testid^=ai-]").ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync("may read at most 50 times a day");
        var given = (await town.As(address).Me.GetConsentAsync()).Grants[0];
        Assert.Equal(50, given.Terms.AiReaders.DailyReadCount);
        Assert.NotNull(given.ShownNotice);

        await card.Locator("[data-testid^=ai-]").ClickAsync();
        await Assertions.Expect(card).Not.ToContainTextAsync("may read at most");
        Assert.Null((await town.As(address).Me.GetConsentAsync()).Grants[0].Terms.AiReaders);
    }

    /// <summary>The box beside a yes counts, and is not ticked by itself.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Home_WhenACompanyAsks_BoxForAiProgramsIsOfItsOwn(bool isTicked)
    {
        var address = town.NextAddress();
        var me = town.As(address).Me;
        await me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme" } });
        await using var customer = await Visitor.SignIn(town, address);
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await agent.Page.GetByTestId("ask").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("ai")).Not.ToBeCheckedAsync();
        if (isTicked)
        {
            await customer.Page.GetByTestId("ai").CheckAsync();
        }

        await customer.Page.GetByTestId("yes").ClickAsync();

        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("You said yes.");
        Assert.Equal(isTicked, (await me.GetConsentAsync()).Grants[0].Terms.AiReaders is not null);
    }

    /// <summary>One press from home to each page, and there what changes a consent is in sight: a second press.</summary>
    [Theory]
    [InlineData("/me/code", "[data-testid=make-code]")]
    [InlineData("/me/choices", "[data-testid=give-publish]")]
    [InlineData("/me/tribes", "[data-testid=join-e-bikers]")]
    [InlineData("/me/questions", "[data-testid=give-ask]")]
    [InlineData("/me/friends", "[data-testid=make-friend-code]")]
    [InlineData("/me/sources", "button.stop")]
    [InlineData("/me/everything", "button.danger")]
    public async Task Home_ToAnyConsent_IsTwoPressesAtMost(string page, string control)
    {
        await using var customer = await Visitor.SignIn(town, await town.NewCustomer(), new Looks { Width = 360, Height = 740 });
        await customer.Page.Locator($"a[href='{page}']").First.ClickAsync();
        await Assertions.Expect(customer.Page.Locator(control).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Home_WhenSomebodyLooks_ShowsItByItself()
    {
        var address = await town.NewCustomer();
        await using var customer = await Visitor.SignIn(town, address);
        await Assertions.Expect(customer.Page.GetByTestId("looks")).ToContainTextAsync("Nobody has looked.");

        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);

        await Assertions.Expect(customer.Page.GetByTestId("looks")).ToContainTextAsync("An agent of Acme");
        Assert.Empty(customer.Complaints);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    public async Task Home_WhenACompanyAsks_TakesOnePressEitherWay(string answer, bool isGranted)
    {
        var address = town.NextAddress();
        var me = town.As(address).Me;
        await me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme" } });
        await using var customer = await Visitor.SignIn(town, address, new Looks { Width = 360, Height = 740 });
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await agent.Page.GetByTestId("ask").ClickAsync();

        var yes = await customer.Page.GetByTestId("yes").BoundingBoxAsync();
        var no = await customer.Page.GetByTestId("no").BoundingBoxAsync();
        Assert.Equal((yes!.Width, yes.Height), (no!.Width, no.Height)); // the same size
        await customer.Page.GetByTestId(answer).ClickAsync();

        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync($"You said {answer}.");
        var consent = await me.GetConsentAsync();
        Assert.Equal(isGranted, consent.Grants.Any(grant => grant is { Tenant: "acme", ShownNotice: { Version: "2026-11", Language: "en" } }));
    }

    [Fact]
    public async Task Looks_AfterACall_ExplainThemselvesAndAreSound()
    {
        var address = await town.NewCustomer();
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(address);
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/looks");

        await Assertions.Expect(customer.Page.GetByTestId("looks")).ToContainTextAsync("An agent of Acme looked");
        await Assertions.Expect(customer.Page.GetByTestId("looks")).ToContainTextAsync("You let Acme look.");
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("All is well");
    }

    [Fact]
    public async Task Known_WhenATopicIsWrong_ForgetsIt()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "My camera is broken.", "camera");
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/known");
        var topics = customer.Page.GetByTestId("facet-top-of-mind");
        await Assertions.Expect(topics).ToContainTextAsync("camera");

        await topics.Locator("button[value='topic:camera']").ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("Thank you.");
        await Assertions.Expect(topics).Not.ToContainTextAsync("camera");
    }

    [Fact]
    public async Task Known_WishesPressed_AreMadeAndTakenBackOneByOne()
    {
        var address = await town.NewCustomer();
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/known");
        var call = customer.Page.GetByTestId("wish-please_do_not-call");
        var sell = customer.Page.GetByTestId("wish-please_do_not-sell");
        await call.ClickAsync();
        await Assertions.Expect(call).ToHaveAttributeAsync("aria-pressed", "true");
        await sell.ClickAsync();
        await Assertions.Expect(sell).ToHaveAttributeAsync("aria-pressed", "true");

        await call.ClickAsync();
        await Assertions.Expect(call).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(sell).ToHaveAttributeAsync("aria-pressed", "true");
        var seen = await town.AsProgram("acme").Customer(Subject.Email(address)).GetContextAsync("service.support");
        Assert.Equal("sell", Assert.Single(seen.Context.Situation.PleaseDoNot).Value);
    }

    /// <summary>What a company said stays when the customer takes back the same wish of theirs, and so do their other wishes: also while everything is paused.</summary>
    [Fact]
    public async Task Known_WishTakenBackWhilePaused_LeavesWhatOthersSaidAndTheOtherWishes()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        var said = town.Turn(address, "-");
        said.Trait = new TraitSignal { Name = "please_do_not", Value = "call" };
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(await town.AsProgram("acme").Signals.PublishAsync([said])).Outcome);
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/known");
        var call = customer.Page.GetByTestId("wish-please_do_not-call");
        await call.ClickAsync();
        await Assertions.Expect(call).ToHaveAttributeAsync("aria-pressed", "true");
        await customer.Page.GetByTestId("wish-please_do_not-sell").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("wish-please_do_not-sell")).ToHaveAttributeAsync("aria-pressed", "true");
        await me.PauseAllAsync();

        await call.ClickAsync();
        await Assertions.Expect(call).ToHaveAttributeAsync("aria-pressed", "false");

        await me.ResumeAllAsync();
        var seen = await town.AsProgram("acme").Customer(Subject.Email(address)).GetContextAsync("service.support");
        Assert.Equal([("call", "acme/crm"), ("sell", "customer")], seen.Context.Situation.PleaseDoNot.Select(trait => (trait.Value, trait.Source)).Order());
    }

    /// <summary>A press does what its page said: on an old page that shows a wish as open it makes it, whatever was pressed elsewhere meanwhile.</summary>
    [Fact]
    public async Task Known_WishPressedInTwoTabs_IsMadeByBoth()
    {
        await using var customer = await Visitor.SignIn(town, await town.NewCustomer());
        await customer.Page.GotoAsync("/me/known");
        var other = await customer.Context.NewPageAsync();
        await other.GotoAsync("/me/known");

        foreach (var page in new[] { customer.Page, other })
        {
            await page.GetByTestId("wish-please_do_not-call").ClickAsync();
            await Assertions.Expect(page.Locator(".notice").First).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByTestId("wish-please_do_not-call")).ToHaveAttributeAsync("aria-pressed", "true");
        }
    }

    /// <summary>What a form says that no page has offered changes nothing, and nobody is thanked for it.</summary>
    [Theory]
    [InlineData("/me/known", "[data-testid=wish-please_do_not-call]", "please_do_not:breathe")]
    [InlineData("/me/known", "button[form=wrong]", "mood")]
    [InlineData("/me/choices", "[data-testid=give-publish]", "everything")]
    [InlineData("/me/choices", "[data-testid=give-publish]", "")]
    [InlineData("/me/questions", "[data-testid=give-ask]", "publish")]
    [InlineData("/me/sources", "button.stop[value=globex]", "")]
    public async Task Form_WithWhatIsNotThere_SaysSo(string path, string button, string value)
    {
        var address = await town.NewCustomer();
        await town.Say(address, "My camera is broken.", "camera");
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync(path);
        var pressed = await customer.Page.QuerySelectorAsync(button);
        await pressed!.EvaluateAsync("(button, value) => button.value = value", value);
        await pressed.ClickAsync();

        await Assertions.Expect(customer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no longer there");
        await Assertions.Expect(customer.Page.Locator(".notice[role=status]")).ToHaveCountAsync(0);
    }

    /// <summary>A yes counts for what was displayed; a form that does not say what that was gives none.</summary>
    [Fact]
    public async Task Form_WithoutTheVersionThatWasDisplayed_GivesNoYes()
    {
        var address = await town.NewCustomer();
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/choices");
        await customer.Page.Locator("input[name=seen]").EvaluateAsync("input => input.value = ''");
        await customer.Page.GetByTestId("give-publish").ClickAsync();

        await Assertions.Expect(customer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no longer there");
        Assert.False((await town.As(address).Me.GetPreferencesAsync()).Preferences.Publish);
    }

    [Fact]
    public async Task Looks_OfACompany_SayWhatWasSeenAndHandOverTheEndOfTheRecord()
    {
        var address = await town.NewCustomer();
        var look = await town.AsProgram("acme").Customer(Subject.Email(address)).GetContextAsync("service.support");
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/looks");
        var first = customer.Page.Locator(".log .look").First;
        await first.Locator("summary").ClickAsync();
        await Assertions.Expect(first.Locator("details")).ToContainTextAsync("your mood");
        await Assertions.Expect(first.Locator("code")).ToHaveTextAsync(look.DisclosureId);

        var download = await customer.Page.RunAndWaitForDownloadAsync(() => customer.Page.GetByTestId("head").ClickAsync());
        var head = (await town.As(address).Me.ListDisclosuresAsync(null).FirstAsync()).ChainHead;
        Assert.Equal($"{head.Sequence} {Convert.ToHexStringLower(head.Hash.Span)}\n", await File.ReadAllTextAsync(await download.PathAsync()));
    }

    [Fact]
    public async Task Everything_OfAGrantThatIsOver_HasItsReceipt()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        var grant = Assert.Single((await me.GetConsentAsync()).Grants);
        await me.RevokeGrantAsync(grant.GrantId);
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/everything");
        await Assertions.Expect(customer.Page.GetByTestId("receipts")).ToContainTextAsync("taken back");
        var download = await customer.Page.RunAndWaitForDownloadAsync(() => customer.Page.GetByRole(AriaRole.Button, new() { Name = "Receipt Acme" }).ClickAsync());
        Assert.Equal(3, (await File.ReadAllTextAsync(await download.PathAsync())).Split('.').Length); // a signed one
    }

    /// <summary>On paper: dark on light whatever the screen is, and nothing to press.</summary>
    [Fact]
    public async Task Pages_OnPaper_AreLightAndHaveNothingToPress()
    {
        await using var customer = await Visitor.SignIn(town, await town.NewCustomer(), new Looks { Dark = true });
        await customer.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(customer.Page.Locator("[data-testid^=grant-]")).ToContainTextAsync("Acme");
        await Assertions.Expect(customer.Page.Locator("button:visible, nav:visible")).ToHaveCountAsync(0);
        Assert.Equal("rgb(0, 0, 0)", await customer.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.card h2')).color"));
        Assert.Equal("rgb(255, 255, 255)", await customer.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.card')).backgroundColor"));
    }

    [Fact]
    public async Task Everything_OnceSure_IsErasedAndHandedOver()
    {
        var address = await town.NewCustomer();
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/everything");
        var download = await customer.Page.RunAndWaitForDownloadAsync(() => customer.Page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync());
        Assert.Contains("customercontext-export-5", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Erase everything" }).ClickAsync();
        await Assertions.Expect(customer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tick");
        await customer.Page.GetByLabel("I want this.").CheckAsync();
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Erase everything" }).ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("You are erased.");
        await Assert.ThrowsAsync<ConsentRequiredException>(() => town.AsProgram("acme").Customer(Subject.Email(address)).GetContextAsync("service.support"));
    }
}
