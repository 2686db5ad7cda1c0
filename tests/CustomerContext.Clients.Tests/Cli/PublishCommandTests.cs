using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class PublishCommandTests
{
    private static readonly string[] Publish = ["publish", "--tenant", "acme", "--email", "a@b.example"];

    [Fact]
    public async Task Publish_Words_AConversationTurnOfTheCustomer()
    {
        var signal = await SendAsync("--text", "It is broken", "--topic", "router", "--topic", "billing", "--at", "-2h", "--source", "crm", "--id", "s-1");

        Assert.Equal(("s-1", "crm", "a@b.example"), (signal.Id, signal.Source, signal.Subject.Email));
        Assert.Equal(
            ("It is broken", ParticipantRole.Customer, ConversationState.Opened, "phone"),
            (signal.Conversation.Text, signal.Conversation.Role, signal.Conversation.State, signal.Conversation.Channel));
        Assert.Equal(["router", "billing"], signal.Conversation.Topics);
        var age = TimeProvider.System.GetUtcNow() - signal.OccurredTime.ToDateTimeOffset();
        Assert.InRange(age, TimeSpan.FromHours(2), TimeSpan.FromHours(2.1));
    }

    [Fact]
    public async Task Publish_Survey_OnItsScale()
    {
        var signal = await SendAsync("--survey", "nps=9/10");

        Assert.Equal(("nps", 9.0, 0.0, 10.0), (signal.Survey.Question, signal.Survey.Answer, signal.Survey.ScaleMinimum, signal.Survey.ScaleMaximum));
        Assert.Equal(36, signal.Id.Length);
    }

    [Fact]
    public async Task Publish_SurveyForATribe_NamesItsQuestion() =>
        Assert.Equal("q1", (await SendAsync("--survey", "csat=4/5", "--question", "q1")).Survey.PanelQuestionId);

    [Fact]
    public async Task Publish_Promise_HasItsStateAndTime()
    {
        var signal = await SendAsync("--role", "agent", "--promised-until", "2d");

        Assert.Equal((ParticipantRole.Agent, ConversationState.Promised), (signal.Conversation.Role, signal.Conversation.State));
        Assert.Equal(TimeSpan.FromDays(2), signal.Conversation.PromisedUntilTime.ToDateTimeOffset() - signal.OccurredTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task Publish_Trait_CodedValue()
    {
        var signal = await SendAsync("--trait", "support_tier=gold");

        Assert.Equal(("support_tier", "gold"), (signal.Trait.Name, signal.Trait.Value));
    }

    [Theory]
    [InlineData("call-1=solved", InteractionResult.Solved)]
    [InlineData("call-1=goesOn", InteractionResult.GoesOn)]
    [InlineData("call-1=NOTSOLVED", InteractionResult.NotSolved)]
    public async Task Publish_Outcome_OfAnInteraction(string text, InteractionResult result)
    {
        var signal = await SendAsync("--outcome", text, "--topic", "router");

        Assert.Equal(new OutcomeSignal { InteractionId = "call-1", Result = result, Topics = { "router" } }, signal.Outcome);
    }

    [Fact]
    public async Task Publish_Behaviour_ActionResourceAndTopics()
    {
        var signal = await SendAsync("--behaviour", "search=/help/router?a=b", "--topic", "router");

        Assert.Equal((BehaviourAction.Search, "/help/router?a=b"), (signal.Behaviour.Action, signal.Behaviour.Resource));
        Assert.Equal(["router"], signal.Behaviour.Topics);
    }

    [Fact]
    public async Task Publish_AsTheCustomer_NamesNobody()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("publish", "--as", "a@b.example", "--score", "-0.5"));

        var signal = server.Script.Received<PublishSignalsRequest>().Single().Signals.Single();
        Assert.Null(signal.Subject);
        Assert.Equal(-0.5, signal.Conversation.Score);
    }

    [Fact]
    public async Task Publish_Refused_ReasonFieldAndRule()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnPublish = (_, _, _) => Task.FromResult(new PublishSignalsResponse
        {
            Results =
            {
                new SignalResult
                {
                    Outcome = SignalOutcome.Refused,
                    Status = new ItemStatus { Reason = ErrorReason.InvalidArgument, Field = "signals[0].link", Rule = "at most 256 bytes" },
                },
            },
        });
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync([.. Publish, "--text", "x"]));

        Assert.Contains("invalid argument signals[0].link: at most 256 bytes", ctx.Output);
    }

    [Theory]
    [InlineData("--survey", "csat=2/7")]
    [InlineData("--survey", "csat")]
    [InlineData("--trait", "gold")]
    [InlineData("--at", "yesterday")]
    [InlineData("--question", "q1")]
    [InlineData("--outcome", "call-1")]
    [InlineData("--outcome", "call-1=done")]
    [InlineData("--outcome", "call-1=1")]
    [InlineData("--company", "acme")]
    public async Task Publish_WrongUsage_Refused(string option, string value)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync([.. Publish, option, value]));
    }

    private static async Task<Signal> SendAsync(params string[] options)
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        Assert.Equal(0, await ctx.RunAsync([.. Publish, .. options]));
        return server.Script.Received<PublishSignalsRequest>().Single().Signals.Single();
    }
}
