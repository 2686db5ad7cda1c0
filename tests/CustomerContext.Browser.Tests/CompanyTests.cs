using CustomerContext.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The pages of the analyst and of the operator.</summary>
[Collection(TownCollection.Name)]
public sealed class CompanyTests(Town town)
{
    [Fact]
    public async Task Tribes_WithTooFewVoices_SayWhyNothingIsSaid()
    {
        await using var analyst = await Visitor.SignIn(town, "analyst-acme");
        await Assertions.Expect(analyst.Page.Locator("main")).ToContainTextAsync("E-bikers");
        await analyst.Page.GetByRole(AriaRole.Link, new() { Name = "E-bikers" }).ClickAsync();
        await Assertions.Expect(analyst.Page.Locator(".lead")).ToContainTextAsync("fewer than 50 members");
        await analyst.Page.GotoAsync("/tribes/no-such-tribe");
        await Assertions.Expect(analyst.Page.Locator("h1")).ToHaveTextAsync("This page is not there");
    }

    [Fact]
    public async Task Operation_OfAHealthySilo_SaysSoAndCountsCalls()
    {
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        var address = await town.NewCustomer();
        await agent.Find(address);
        await town.Say(address, "My camera is broken.", "camera");
        await using var operating = await Visitor.SignIn(town, "operator");
        await Assertions.Expect(operating.Page.Locator("main")).ToContainTextAsync("Everything is there");
        await Assertions.Expect(operating.Page.GetByTestId("checks")).ToContainTextAsync("What was confirmed survives a loss of power.");
        await Assertions.Expect(operating.Page.Locator("table").Last).ToContainTextAsync("ContextService/GetContext");
        await Assertions.Expect(operating.Page.GetByTestId("promises").GetByRole(AriaRole.Row, new() { Name = "A look" })).ToContainTextAsync("ms");
        await Assertions.Expect(operating.Page.GetByTestId("queues").GetByRole(AriaRole.Row, new() { Name = "Acme" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Languages_OfTheBrowserOrChosen_ChangeWordsAndDates()
    {
        await using var visitor = await Visitor.Open(town, new Looks { Locale = "fr-FR" });
        await visitor.Page.GotoAsync("/");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Qui êtes-vous ?");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Deutsch" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Wer sind Sie?");
    }
}
