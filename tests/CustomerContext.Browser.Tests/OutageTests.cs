using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Client;
using CustomerContext.Testing;
using CustomerContext.V1;
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
        await (await Axe.Of(agent, runsScripts: true)).CheckHere();
        await town.Say(address, "And the router.", "router"); // by another line
        line.Heal();

        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router", new() { Timeout = 60_000 });
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToHaveTextAsync("");
    }

    /// <summary>The silo's process is killed in mid-call and started again on its data.</summary>
    [Fact]
    public async Task Screen_WhenTheSiloIsKilled_ComesBackWithTheTrueState()
    {
        const string address = "in-mid-call@example.org";
        using var data = new TempFolder();
        string[] there = ["--grpc", $"127.0.0.1:{FreePort.NextText()}"];
        var silo = await SiloProcess.Start(data.Path, there);
        await using var web = await WebProcess.Start(silo);
        await using var agent = await Visitor.Open(town, at: web.Url);
        await using (silo)
        {
            using var customer = Client(silo, DevTokens.Customer(address));
            await customer.Me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme" } });
            await customer.Me.CreateGrantAsync("acme", Town.EverythingAtAnyTime());
            await Say(silo, address, "camera");
            await agent.SignIn("agent-acme");
            await agent.Find(address);
            await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("camera");
        }

        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("Connection lost");
        await using var again = await SiloProcess.Start(data.Path, there);
        await Say(again, address, "router");
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("router", new() { Timeout = 60_000 });
        await Assertions.Expect(agent.Page.GetByTestId("facet-top-of-mind")).ToContainTextAsync("camera");
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToHaveTextAsync("");
    }

    /// <summary>The digits that the agent is just reading out stay, even on a page that is loaded meanwhile, and the yes arrives. (They vanished, and the page never came back.)</summary>
    [Fact]
    public async Task Request_WhileTheSiloIsAway_StaysOnTheScreenAndIsHeardAfterwards()
    {
        using var line = new FaultyProxy(town.Silo.Grpc.Port);
        await using var web = await WebProcess.Start(town.Silo, new Uri($"http://{line.EndPoint}"));
        await using var agent = await Visitor.SignIn(town, "agent-acme", at: web.Url);
        await agent.Find(town.NextAddress());
        await agent.Page.GetByTestId("ask").ClickAsync();
        var digits = (await agent.Page.GetByTestId("spoken-digits").InnerTextAsync()).Trim();
        var code = await agent.Page.GetByTestId("join-code").TextContentAsync();

        line.Cut();
        await agent.Page.ReloadAsync();
        await Assertions.Expect(agent.Page.GetByTestId("spoken-digits")).ToHaveTextAsync(digits);
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToContainTextAsync("Connection lost");
        line.Heal();
        await Assertions.Expect(agent.Page.GetByTestId("connection")).ToHaveTextAsync("", new() { Timeout = 60_000 });

        await using var person = await Visitor.Open(town);
        await person.Page.GotoAsync("/join");
        await person.Page.GetByTestId("code").FillAsync(code!);
        await person.Page.GetByTestId("code-submit").ClickAsync();
        await person.SayYes(digits);
        await Assertions.Expect(agent.Page.GetByTestId("brief")).ToBeVisibleAsync();
    }

    private async Task Say(SiloProcess silo, string address, string topic)
    {
        using var program = Client(silo, DevTokens.Actor("acme", "crm", isPerson: false));
        var results = await program.Signals.PublishAsync([town.Turn(address, $"My {topic} is broken.", topic)]);
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(results).Outcome);
    }

    private static CustomerContextClient Client(SiloProcess silo, Dictionary<string, object> claims)
    {
        var token = silo.Tokens.Sign(claims);
        return new CustomerContextClient(new CustomerContextClientOptions { Address = silo.Grpc, WriteDeadline = TimeSpan.FromSeconds(30), TokenProvider = _ => ValueTask.FromResult(token) });
    }
}
