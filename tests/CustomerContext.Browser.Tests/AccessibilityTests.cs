using CustomerContext.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>axe finds nothing on any page and state, with script and without: light, dark and at 400 %.</summary>
[Collection(TownCollection.Name)]
public sealed class AccessibilityTests(Town town)
{
    public static TheoryData<bool> Scripts => [true, false];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Axe_OnPagesOfEverybodyAndOfACompany_FindsNothing(bool script)
    {
        await using var visitor = await Visitor.Open(town);
        var axe = await Axe.Of(visitor, script);
        await axe.Check("/", "/demo", "/outbox", "/not-there");
        await visitor.SignIn("analyst-acme");
        await axe.Check("/tribes", "/tribes/e-bikers");
        await visitor.SignIn("operator");
        await axe.Check("/ops");
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Axe_OnAnAgentsPages_FindsNothing(bool script)
    {
        var address = await town.NewCustomer();
        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        var axe = await Axe.Of(agent, script);
        await axe.Check("/agent", "/agent/queue", "/embed", "/demo/crm");
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router");
        await town.Say(address, "I am so angry, nobody helps with the refund.", "refund");
        await agent.Page.ReloadAsync();
        await Assertions.Expect(agent.Page.GetByTestId("since-call-began")).ToContainTextAsync("refund");
        await axe.CheckHere();
        await agent.Page.GotoAsync("/agent/queue");
        await agent.Page.GetByTestId("claim").First.ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("held")).ToBeVisibleAsync();
        await axe.CheckHere();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Axe_OnARequestForTheAgent_FindsNothing(bool script)
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        var axe = await Axe.Of(agent, script);
        await agent.Find(town.NextAddress());
        await axe.CheckHere();
        await agent.Page.GetByTestId("ask").ClickAsync();
        await agent.Page.Locator("summary").ClickAsync();
        await axe.CheckHere();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Axe_OnARequestForThePerson_FindsNothing(bool script)
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(town.NextAddress());
        await agent.Page.GetByTestId("ask").ClickAsync();
        await agent.Page.Locator("summary").ClickAsync();
        await using var person = await Visitor.Open(town);
        var axe = await Axe.Of(person, script);
        await axe.Check("/join");
        await person.Page.GetByTestId("code").FillAsync(await agent.Page.GetByTestId("join-code").InnerTextAsync());
        await person.Page.GetByTestId("code-submit").ClickAsync();
        await person.Page.GetByTestId("yes").ClickAsync();
        await Assertions.Expect(person.Page.Locator(".errors")).ToBeVisibleAsync();
        await axe.CheckHere(); // who asks, and what is missing for a yes
        await person.SayYes((await agent.Page.GetByTestId("spoken-digits").InnerTextAsync()).Trim());
        await person.Arrives("/join/done$");
        await axe.CheckHere();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Axe_OnACustomersPages_FindsNothing(bool script)
    {
        var address = await town.NewCustomer();
        await town.Say(address, "Still no answer about my router. This is really disappointing.", "router");
        await using var customer = await Visitor.SignIn(town, address);
        await (await Axe.Of(customer, script)).Check(
            "/me", "/me/looks", "/me/known", "/me/choices", "/me/tribes", "/me/questions", "/me/questions?past=true", "/me/code", "/me/friends", "/me/sources", "/me/everything");
    }

    [Fact]
    public async Task Keyboard_Alone_IsEnoughForACall()
    {
        var address = await town.NewCustomer();
        await town.Say(address, "My camera is broken.", "camera");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await Assertions.Expect(agent.Page.GetByTestId("find")).ToBeFocusedAsync(); // by itself, when the page opens
        await agent.Page.Keyboard.TypeAsync(address);
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

    [Fact]
    public async Task Keyboard_Alone_IsEnoughForWork()
    {
        await town.Say(await town.NewCustomer(), "My camera is broken.", "camera");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Page.GotoAsync("/agent/queue");
        await agent.TabTo("claim");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Page.GetByTestId("held")).ToBeVisibleAsync();
        await agent.TabTo("held-return");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Page.GetByTestId("held")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keyboard_Alone_IsEnoughForAYesThatStandsAndForATribe()
    {
        await using var customer = await Visitor.SignIn(town, await town.NewCustomer());
        await customer.Page.GotoAsync("/me/choices");
        await customer.TabTo("give-publish");
        await customer.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(customer.Page.GetByTestId("withdraw-publish")).ToBeVisibleAsync();
        await customer.TabTo("withdraw-publish");
        await customer.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(customer.Page.GetByTestId("give-publish")).ToBeVisibleAsync();
        await customer.Page.GotoAsync("/me/tribes");
        await customer.TabTo("join-e-bikers");
        await customer.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(customer.Page.GetByTestId("leave-e-bikers")).ToBeVisibleAsync();
        await customer.TabTo("leave-e-bikers");
        await customer.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(customer.Page.GetByTestId("join-e-bikers")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keyboard_Alone_IsEnoughForAYesAndAStop()
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Find(town.NextAddress());
        await agent.TabTo("ask");
        await agent.Page.Keyboard.PressAsync("Enter");
        var digits = (await agent.Page.GetByTestId("spoken-digits").InnerTextAsync()).Trim();
        var code = await agent.Page.GetByTestId("join-code").TextContentAsync();
        await using var person = await Visitor.Open(town);
        await person.Page.GotoAsync("/join");
        await person.TabTo("code");
        await person.Page.Keyboard.TypeAsync(code!);
        await person.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(person.Page.GetByTestId("yes")).ToBeVisibleAsync();
        await person.TabTo("myself");
        await person.Page.Keyboard.PressAsync("Space");
        await person.TabTo("digits");
        await person.Page.Keyboard.TypeAsync(digits);
        await person.TabTo("of-age");
        await person.Page.Keyboard.PressAsync("Space");
        await person.TabTo("yes");
        await person.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();

        await person.Arrives("/join/done$");
        await person.TabTo("stop-");
        await person.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("taken it back");
    }
}
