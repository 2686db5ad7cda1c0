using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class TieCommandTests
{
    private static readonly Tie _tie = new()
    {
        TieId = "t1",
        Kind = RelationshipKind.Friend,
        State = TieState.Proposed,
        Source = "acme/forum",
        EvidenceBand = EvidenceBand.Several,
        SinceTime = Answers.Now.ToTimestamp(),
    };

    [Fact]
    public async Task Ties_OfACustomer_WhoSaysSoAndHowMuchSpeaksForIt()
    {
        var (_, output) = await SendAsync<ListTiesRequest>(new ListTiesResponse { Ties = { _tie } }, "ties", "--as", "a@b.example");

        Assert.Contains("somebody without a name", output);
        Assert.Contains("says acme/forum (several)", output.ReplaceLineEndings(" "));
        Assert.Contains("t1", output);
    }

    [Theory]
    [InlineData("yes", TieDecision.Yes)]
    [InlineData("block", TieDecision.Block)]
    public async Task Ties_AnAnswer_IsSent(string said, TieDecision decision)
    {
        var (request, output) = await SendAsync<DecideTieRequest>(new DecideTieResponse(), "ties", "t1", "--say", said, "--as", "a@b.example");

        Assert.Equal(("t1", decision), (request.TieId, request.Decision));
        Assert.Contains("no more", output);
    }

    [Fact]
    public async Task Friends_WithoutACode_MakesOneToReadOut()
    {
        var made = new CreateFriendCodeResponse { FriendCode = "123456789", ExpiresTime = Answers.Now.ToTimestamp() };
        var (_, output) = await SendAsync<CreateFriendCodeRequest>(made, "friends", "--as", "a@b.example");

        Assert.Contains("123 456 789", output);
    }

    [Fact]
    public async Task Friends_WithACode_SaysYesToWhoMadeIt()
    {
        var friend = new Tie(_tie) { State = TieState.Confirmed, CallMe = "Ada", Source = "" };
        var (request, output) = await SendAsync<RedeemFriendCodeRequest>(new RedeemFriendCodeResponse { Tie = friend }, "friends", "123456789", "--as", "a@b.example");

        Assert.Equal("123456789", request.FriendCode);
        Assert.Contains("Ada", output);
    }

    [Fact]
    public async Task Ties_AnAnswerWithoutATie_Refused()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("ties", "--say", "yes", "--as", "a@b.example"));
    }

    private static async Task<(T Request, string Output)> SendAsync<T>(IMessage answer, params string[] args) where T : IMessage
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => answer;
        using var ctx = new CtxRun(server);
        Assert.Equal(0, await ctx.RunAsync(args));
        return (server.Script.Received<T>().Single(), ctx.Output);
    }
}
