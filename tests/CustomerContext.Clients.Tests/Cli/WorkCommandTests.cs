using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class WorkCommandTests
{
    private static readonly Work _work = new()
    {
        WorkId = "a1b2",
        Kind = AttentionKind.UnansweredQuestion,
        Channel = "forum",
        SinceTime = Answers.Now.AddDays(-2).ToTimestamp(),
        DueTime = Answers.Now.AddDays(-1).ToTimestamp(),
        Stage = AttentionStage.Escalated,
        State = WorkState.Open,
    };

    [Fact]
    public async Task Work_OfACompany_SaysWhyAndHowLong()
    {
        var (request, output) = await SendAsync<ListWorkRequest>(new ListWorkResponse { Works = { _work } });

        Assert.Equal("service.support", request.Purpose);
        Assert.Contains("unanswered question", output);
        Assert.Contains("escalated", output);
        Assert.Contains("a1b2", output);
    }

    [Fact]
    public async Task Work_NothingWaits_SaysSo() => Assert.Contains("nothing waits", (await SendAsync<ListWorkRequest>(new ListWorkResponse())).Output);

    [Fact]
    public async Task Claim_OfAPerson_NamesTheInteractionAndShowsWhoseItIs()
    {
        var claimed = new ClaimWorkResponse
        {
            Work = new Work(_work) { State = WorkState.Claimed, ClaimedBy = "ada", ClaimUntilTime = Answers.Now.AddMinutes(15).ToTimestamp() },
            CustomerId = "c0ffee",
            Item = new AttentionItem { Topics = { "router" }, Link = "https://forum.example/1", CouldAnswer = { new Answerer { Name = "Network team", Reach = "ext. 4711" } } },
            People = { new HelpfulPerson { CustomerId = "decade", Topic = "router", Standing = Standing.LeadingVoice } },
        };

        var (request, output) = await SendAsync<ClaimWorkRequest>(claimed, "--claim", "a1b2", "--interaction", "shift-1");

        Assert.Equal(("a1b2", "shift-1"), (request.WorkId, request.InteractionId));
        Assert.Contains("c0ffee", output);
        Assert.Contains("could answer: Network team, ext. 4711", output.ReplaceLineEndings(" "));
        Assert.Contains("may be asked about router: customer decade, leading voice", output.ReplaceLineEndings(" "));
        Assert.Contains("router", output);
        Assert.Contains("ada has it", output.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task Complete_ByWhoHasIt_IsDone()
    {
        var (request, output) = await SendAsync<CompleteWorkRequest>(new CompleteWorkResponse { Work = new Work(_work) { State = WorkState.Completed } }, "--complete", "a1b2");

        Assert.Equal(("a1b2", WorkResult.Done), (request.WorkId, request.Result));
        Assert.Contains("completed", output);
    }

    [Fact]
    public async Task HandOver_ByWhoHasIt_GoesToTheQueueOfWhatIsEscalated()
    {
        var (request, _) = await SendAsync<HandOverWorkRequest>(new HandOverWorkResponse { Work = _work }, "--hand-over", "a1b2");

        Assert.Equal(("a1b2", WorkQueue.Escalated), (request.WorkId, request.ToQueue));
    }

    private static async Task<(T Request, string Output)> SendAsync<T>(IMessage answer, params string[] arguments)
        where T : IMessage
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => answer;
        using var ctx = new CtxRun(server);
        Assert.Equal(0, await ctx.RunAsync(["work", "--tenant", "acme", "--actor", "ada", .. arguments]));
        return (Assert.Single(server.Script.Received<T>()), ctx.Output);
    }
}
