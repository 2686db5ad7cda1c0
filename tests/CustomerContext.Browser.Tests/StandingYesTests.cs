using CustomerContext.Browser.Tests.Harness;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The yeses that stand until they are taken back: shown as they are, given and taken back by as many presses.</summary>
[Collection(TownCollection.Name)]
public sealed class StandingYesTests(Town town)
{
    private const string Support = "service.support";
    private const string Complaint = "service.complaint";

    private static readonly Looks _phone = new() { Width = 360, Height = 740 };

    [Theory]
    [InlineData("contribute-service-support")]
    [InlineData("publish")]
    [InlineData("contribute-reading")]
    [InlineData("may-be-contacted")]
    [InlineData("ask")]
    [InlineData("leave-me-alone")]
    public async Task Yes_FromTheHomePage_TakesAsManyPressesAsTakingItBack(string yes)
    {
        var address = await town.NewCustomer();
        await using var customer = await Visitor.SignIn(town, address, _phone);
        await customer.CountPresses();
        var give = await Press(customer, $"give-{yes}");
        await Assertions.Expect(customer.Page.GetByTestId($"yes-{yes}")).ToHaveAttributeAsync("data-given", "true");
        Assert.True(Holds((await town.As(address).Me.GetPreferencesAsync()).Preferences, yes));

        var takeBack = await Press(customer, $"withdraw-{yes}");
        await Assertions.Expect(customer.Page.GetByTestId($"yes-{yes}")).ToHaveAttributeAsync("data-given", "false");
        Assert.False(Holds((await town.As(address).Me.GetPreferencesAsync()).Preferences, yes));

        Assert.Equal(2, give.Presses);
        Assert.Equal(give.Presses, takeBack.Presses);
        Assert.Equal(give.Size, takeBack.Size); // the same size
    }

    [Fact]
    public async Task Yes_OnRecord_NamesTheNoticeThatStoodBesideIt()
    {
        var address = await town.NewCustomer();
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/choices");
        await customer.Page.GetByTestId("give-publish").ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice").First).ToContainTextAsync("You said yes: Count me in trends");

        var records = await town.As(address).Me.ListDisclosuresAsync(null).FirstAsync();
        var change = records.Disclosures.First(record => record.ConsentChange?.Kind == ConsentChangeKind.PreferencesSet).ConsentChange;
        Assert.True(change.Preferences.Publish);
        Assert.Equal("2026-11", change.ShownNotice.Version);
    }

    [Fact]
    public async Task Yes_ToAPageThatIsOld_IsNotGivenAndTakenBackAllTheSame()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/choices");
        await me.ChangePreferencesAsync(new Preferences { Ask = true }, ["ask"]);

        await customer.Page.GetByTestId("give-publish").ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".errors")).ToContainTextAsync("has changed meanwhile");
        Assert.False((await me.GetPreferencesAsync()).Preferences.Publish);

        await customer.Page.GetByTestId("give-publish").ClickAsync(); // the page is true again
        await Assertions.Expect(customer.Page.GetByTestId("withdraw-publish")).ToBeVisibleAsync();
        await me.ChangePreferencesAsync(new Preferences(), ["ask"]);
        await customer.Page.GetByTestId("withdraw-publish").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("give-publish")).ToBeVisibleAsync();
        Assert.False((await me.GetPreferencesAsync()).Preferences.Publish);
    }

    [Fact]
    public async Task Yes_ForOnePurpose_IsTakenBackAlone()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        await me.ChangePreferencesAsync(new Preferences { Contribute = { Support, Complaint } }, ["contribute"]);
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/choices");

        await customer.Page.GetByTestId("withdraw-contribute-service-support").ClickAsync();

        await Assertions.Expect(customer.Page.GetByTestId("give-contribute-service-support")).ToBeVisibleAsync();
        Assert.Equal([Complaint], (await me.GetPreferencesAsync()).Preferences.Contribute);
    }

    /// <summary>Who may send: stopped and let by one press each, and no other source changes.</summary>
    [Fact]
    public async Task Source_StoppedAndLet_TakesOnePressEach()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/sources");
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Stop Globex" }).ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("give-globex")).ToBeVisibleAsync();
        Assert.Equal(["acme", "customer"], (await me.GetPreferencesAsync()).Preferences.Collect.Order());

        await customer.Page.GetByTestId("give-globex").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("give-globex")).ToHaveCountAsync(0);
        Assert.Equal(["acme", "customer", "globex"], (await me.GetPreferencesAsync()).Preferences.Collect.Order());
    }

    [Fact]
    public async Task Yes_BeforeOneIsOfAge_SaysWhatIsMissing()
    {
        await using var customer = await Visitor.SignIn(town, town.NextAddress());
        await customer.Page.GotoAsync("/me/choices");
        await customer.Page.GetByTestId("give-publish").ClickAsync();
        await Assertions.Expect(customer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("of age");
        await customer.Page.GetByTestId("give-of-age").ClickAsync();
        await customer.Page.GetByTestId("give-publish").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("withdraw-publish")).ToBeVisibleAsync();
    }

    /// <summary>Global Privacy Control keeps publish off until the customer says yes here, and takes back nothing that they said.</summary>
    [Fact]
    public async Task Publish_UnderGlobalPrivacyControl_IsOffUntilSaidAndThenStands()
    {
        var address = await town.NewCustomer();
        var me = town.As(address).Me;
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Context.SetExtraHTTPHeadersAsync([new("Sec-GPC", "1")]);
        await customer.Page.GotoAsync("/me/choices");
        await Assertions.Expect(customer.Page.GetByTestId("gpc")).ToContainTextAsync("stays off unless you say yes");
        await customer.Page.GetByTestId("give-contribute-service-support").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("withdraw-contribute-service-support")).ToBeVisibleAsync();
        Assert.False((await me.GetPreferencesAsync()).Preferences.Publish);

        await customer.Page.GetByTestId("give-publish").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("gpc")).ToContainTextAsync("stands until you take it back");
        await customer.Page.GotoAsync("/me");
        await customer.Page.GotoAsync("/me/choices");
        await Assertions.Expect(customer.Page.GetByTestId("withdraw-publish")).ToBeVisibleAsync();
        Assert.True((await me.GetPreferencesAsync()).Preferences.Publish);
    }

    /// <summary>By way of the home page: how many presses, and how large the last button is.</summary>
    private static async Task<(int Presses, (float Width, float Height) Size)> Press(Visitor customer, string button)
    {
        await customer.Page.GotoAsync("/me");
        var before = await customer.Presses();
        await customer.Page.Locator("nav a[href='/me/choices']").ClickAsync();
        var box = await customer.Page.GetByTestId(button).BoundingBoxAsync();
        await customer.Page.GetByTestId(button).ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice").First).ToBeVisibleAsync();
        return (await customer.Presses() - before, (box!.Width, box.Height));
    }

    private static bool Holds(Preferences preferences, string yes) => yes switch
    {
        "publish" => preferences.Publish,
        "contribute-reading" => preferences.ContributeReading,
        "may-be-contacted" => preferences.MayBeContacted,
        "ask" => preferences.Ask,
        "leave-me-alone" => preferences.LeaveMeAlone,
        _ => preferences.Contribute.Contains(Support),
    };
}
