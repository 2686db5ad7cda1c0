using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Testing;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>The silo goes away in mid-call and comes back.</summary>
[Collection(TownCollection.Name)]
public sealed class OutageTests(Town town)
{
    [Fact]
    public async Task Screen_WhileTheSiloIsAway_SaysSoAndComesBackWithTheTrueState()
    {
        using var line = new FaultyProxy(town.Silo.Grpc.Port);
        await using var web = await WebProcess.Start(town.Silo, new Uri($"http://{line.EndPoint}"));
        var address = await town.NewCustomer();
        await town.Say(address, "My camera is broken.", "camera");
        await using var agent = await Visitor.SignIn(town, "agent-acme", new Looks { Width = 640, Height = 560 }, web.Url);
        await agent.Find(address);
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("camera");

        line.Cut();
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("Connection lost", new() { Timeout = 30_000 });
        await agent.Take("agent-silo-away");
        await town.Say(address, "And the router.", "router"); // by another line
        line.Heal();

        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router", new() { Timeout = 60_000 });
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToHaveTextAsync("");
    }
}
