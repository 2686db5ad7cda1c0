using CustomerContext.Browser.Tests.Harness;
using CustomerContext.Client;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>What waits at a company, as its agents see it: nobody is named, a claim is a look, and it goes when it is answered or taken back.</summary>
[Collection(TownCollection.Name)]
public sealed class QueueTests(Town town)
{
    private const string Claimed = "/agent/[0-9a-f]{32}$";

    [Fact]
    public async Task Story_OfAQuestionInAForum_FromWaitingToClosed()
    {
        await using var forum = new HostPage("<h1>The forum</h1>");
        var address = await town.NewCustomer();
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        agent.MayAsk(forum.Url.ToString());
        await agent.Page.GotoAsync("/agent/queue");
        var id = await Ask(town, address, forum.Url);

        var row = Row(agent, id);
        await Assertions.Expect(row).ToContainTextAsync("overdue by 3 hours"); // nobody loaded the page anew
        await Assertions.Expect(row).ToContainTextAsync("Forum");
        await Assertions.Expect(row).ToContainTextAsync("escalated");
        Assert.DoesNotContain("router", await row.InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(address, await agent.Page.ContentAsync(), StringComparison.Ordinal);

        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/looks");
        var looks = await customer.Page.Locator(".log .look").CountAsync();
        await agent.Page.Locator($"#claim-{id}").ClickAsync();
        await agent.Arrives(Claimed);
        var held = agent.Page.GetByTestId("held");
        await Assertions.Expect(held).ToContainTextAsync("router");
        await Assertions.Expect(held.GetByTestId("could-answer")).ToContainTextAsync("Network team (our team, ext. 4711)");
        await Assertions.Expect(agent.Page.GetByTestId("facet-attention")).ToContainTextAsync("router");
        await customer.Page.ReloadAsync();
        Assert.True(await customer.Page.Locator(".log .look").CountAsync() > looks);

        var opened = agent.Context.WaitForPageAsync();
        await agent.Page.GetByTestId("held-link").ClickAsync();
        await Assertions.Expect((await opened).Locator("h1")).ToHaveTextAsync("The forum");
        await held.GetByTestId("helped-yes").ClickAsync();
        await Assertions.Expect(agent.Page.Locator(".notice")).ToContainTextAsync("Thank you, noted");
        await agent.Page.GetByTestId("held-done").ClickAsync();
        await Assertions.Expect(agent.Page.Locator(".notice")).ToContainTextAsync("out of the queue");
        await Assertions.Expect(held).ToHaveCountAsync(0);

        await Publish(town, Turn(address, forum.Url, ParticipantRole.Agent, ConversationState.Answered, TimeSpan.FromMinutes(2)));
        await Publish(town, Turn(address, forum.Url, ParticipantRole.Customer, ConversationState.Thanked, TimeSpan.FromMinutes(1)));
        await Assertions.Expect(agent.Page.GetByTestId("facet-attention")).Not.ToContainTextAsync("router");
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "End call" }).ClickAsync();
        await agent.Arrives("/agent/queue$");
        await Assertions.Expect(Row(agent, id)).ToHaveCountAsync(0);
        await customer.Page.GotoAsync("/me/known");
        await Assertions.Expect(customer.Page.GetByTestId("facet-attention")).Not.ToContainTextAsync("router");
        await customer.Page.GetByTestId("facet-conversations").GetByTestId("helped-yes").ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("Thank you, noted");
    }

    [Fact]
    public async Task Outcome_SaidAtTheEnd_TakesTheWorkOutUntilTheCustomerSaysOtherwise()
    {
        var address = await town.NewCustomer();
        var id = await Ask(town, address);
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Page.GotoAsync("/agent/queue");
        await agent.Page.Locator($"#claim-{id}").ClickAsync();
        await agent.Arrives(Claimed);

        await Assertions.Expect(agent.Page.GetByTestId("outcome-topic").First).ToBeCheckedAsync(); // what the agent holds
        await agent.Page.GetByTestId("outcome-solved").ClickAsync();
        await agent.Arrives("/agent/queue$");
        await Assertions.Expect(Row(agent, id)).ToHaveCountAsync(0);

        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/known");
        await Assertions.Expect(customer.Page.GetByTestId("facet-attention")).Not.ToContainTextAsync("router");
        var outcome = customer.Page.GetByTestId("outcome");
        await Assertions.Expect(outcome).ToContainTextAsync("Acme says: solved");
        await outcome.GetByTestId("outcome-no").ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".notice")).ToContainTextAsync("Thank you, noted");
        await Assertions.Expect(customer.Page.GetByTestId("outcome")).ToContainTextAsync("you say: not solved");
        await Assertions.Expect(customer.Page.GetByTestId("facet-attention")).ToContainTextAsync("router");
        await Assertions.Expect(Row(agent, id)).ToBeVisibleAsync(); // nobody loaded the page anew
    }

    [Fact]
    public async Task Claim_OfWhatSomebodyElseHas_IsRefusedInWords()
    {
        var id = await Ask(town, await town.NewCustomer());
        await using var agent = await Visitor.SignIn(town, "agent-acme", new Looks { Script = false });
        await agent.Page.GotoAsync("/agent/queue");
        await town.AsActor("acme", "agent-8").Work.ClaimAsync(id, "service.support", "shift-8");

        await agent.Page.Locator($"#claim-{id}").ClickAsync();

        await Assertions.Expect(agent.Page.Locator(".errors")).ToContainTextAsync("Somebody else has claimed this");
        await Assertions.Expect(Row(agent, id)).ToContainTextAsync("Claimed until");
    }

    [Fact]
    public async Task Work_GivenBackOrHandedOver_CanBeClaimedAgain()
    {
        var id = await Ask(town, await town.NewCustomer(), tier: "basic");
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        foreach (var (act, queue) in new[] { ("held-return", "first"), ("held-escalate", "escalated") })
        {
            await agent.Page.GotoAsync("/agent/queue");
            await agent.Page.Locator($"#claim-{id}").ClickAsync();
            await agent.Arrives(Claimed);
            await agent.Page.GetByTestId("held-prolong").ClickAsync();
            await Assertions.Expect(agent.Page.Locator(".notice")).ToContainTextAsync("more time");
            await agent.Page.GetByTestId(act).ClickAsync();
            await Assertions.Expect(agent.Page.GetByTestId("held")).ToHaveCountAsync(0);
            await agent.Page.GotoAsync("/agent/queue");
            await agent.Page.GetByTestId($"queue-{queue}").CheckAsync();
            await agent.Page.GetByTestId("queue-show").ClickAsync();
            await agent.Arrives($"queue={queue}$");
            await Assertions.Expect(agent.Page.Locator($"#claim-{id}")).ToBeVisibleAsync();
        }

        await agent.Page.Locator($"#claim-{id}").ClickAsync();
        await agent.Arrives(Claimed);
        await agent.Page.GotoAsync("/agent/queue");
        await Assertions.Expect(Row(agent, id)).ToContainTextAsync("Yours until");
        await Row(agent, id).GetByTestId("mine").ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "End call" }).ClickAsync();
        await Assertions.Expect(agent.Page.Locator($"#claim-{id}")).ToBeVisibleAsync(); // what is not done is back
    }

    [Fact]
    public async Task Withdrawal_WhileAnAgentHasTheWork_TakesItFromBothScreens()
    {
        var address = await town.NewCustomer();
        var id = await Ask(town, address);
        await using var agent = await Visitor.SignIn(town, "agent-acme");
        await agent.Page.GotoAsync("/agent/queue");
        var list = await agent.Context.NewPageAsync();
        await list.GotoAsync("/agent/queue");
        await agent.Page.Locator($"#claim-{id}").ClickAsync();
        await Assertions.Expect(agent.Page.GetByTestId("held")).ToContainTextAsync("router");
        await Assertions.Expect(list.Locator($"#work-{id}")).ToBeVisibleAsync();

        var grant = Assert.Single((await town.As(address).Me.GetConsentAsync()).Grants);
        await town.As(address).Me.RevokeGrantAsync(grant.GrantId);

        await Assertions.Expect(agent.Page.GetByTestId("held")).ToHaveCountAsync(0);
        await Assertions.Expect(list.Locator($"#work-{id}")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Queue_OfAnotherCompany_ShowsNothingOfIt()
    {
        var id = await Ask(town, await town.NewCustomer());
        await using var agent = await Visitor.SignIn(town, "agent-globex");
        await agent.Page.GotoAsync("/agent/queue");
        await Assertions.Expect(agent.Page.GetByTestId("queue")).ToBeVisibleAsync();
        await Assertions.Expect(Row(agent, id)).ToHaveCountAsync(0);
        var answer = await agent.Page.GotoAsync("/agent/queue?queue=no-such");
        Assert.Equal(400, answer!.Status);
    }

    private static ILocator Row(Visitor agent, string id) => agent.Page.Locator("#queue li", new() { Has = agent.Page.Locator($"#work-{id}") });

    /// <summary>The customer, a support subscriber, asked 27 hours ago; the id of the work.</summary>
    internal static async Task<string> Ask(Town town, string address, Uri? forum = null, string tier = "gold")
    {
        await Publish(town, new Signal
        {
            Id = $"tier of {address}",
            Source = "crm",
            Subject = Subject.Email(address),
            OccurredTime = Ago(TimeSpan.FromDays(2)),
            Trait = new TraitSignal { Name = "support_tier", Value = tier },
        });
        await Publish(town, Turn(address, forum ?? new Uri("https://forum.example/"), ParticipantRole.Customer, ConversationState.Opened, TimeSpan.FromHours(27.5)));
        var answer = await town.AsProgram("acme").Customer(Subject.Email(address)).GetContextAsync("service.support");
        return Assert.Single(answer.Context.Attention.Items).WorkId;
    }

    private static async Task Publish(Town town, Signal signal)
    {
        var result = Assert.Single(await town.AsProgram("acme").Signals.PublishAsync([signal]));
        Assert.True(result.Outcome == SignalOutcome.Accepted, result.ToString());
    }

    private static Signal Turn(string address, Uri forum, ParticipantRole role, ConversationState state, TimeSpan age) => new()
    {
        Id = $"{state} of {address}",
        Source = "crm",
        Subject = Subject.Email(address),
        OccurredTime = Ago(age),
        Link = $"{forum}thread",
        Conversation = new ConversationSignal { ConversationId = "thread", Channel = "forum", Role = role, State = state, Topics = { "router" } },
    };

    private static Timestamp Ago(TimeSpan age) => (TimeProvider.System.GetUtcNow() - age).ToTimestamp();
}
