using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Cli;

/// <summary>Both sides of a call on the command line.</summary>
public sealed class CallCommandTests
{
    private static readonly OpenJoinResponse _shown = new()
    {
        Tenant = "acme",
        TenantDisplayName = "Acme",
        Terms = new GrantTerms { Purposes = { "service.support" }, Facets = { Facet.Sentiment } },
        Words = { "In this one call" },
        ExpiresTime = Answers.Now.ToTimestamp(),
        TriesLeftCount = 3,
    };

    [Fact]
    public async Task Join_ALinkWithDigitsAndYes_SendsCodeProofAndYesWithoutAToken()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => request switch
        {
            OpenJoinRequest => _shown,
            _ => new AcceptJoinResponse { Outcome = AcceptJoinOutcome.Accepted },
        };
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("join", "http://127.0.0.1:5100/join/123456789/p-r_oof", "--digits", "27", "--yes", "--call-me", "Ada", "--topic", "router"));
        var answer = server.Script.Received<AcceptJoinRequest>().Single();
        Assert.Equal(("123456789", "p-r_oof", "27", "Ada", "router"), (answer.Code, answer.LinkProof, answer.Digits, answer.CallMe, answer.Topics.Single()));
        Assert.True(answer is { ForMyself: true, OfAge: true, KeepForLater: false });
        Assert.Equal(server.Script.Received<OpenJoinRequest>().Single().Session, answer.Session);
        Assert.All(server.Script.Tokens, Assert.Null);
        Assert.Contains("Acme", ctx.Output);
    }

    [Fact]
    public async Task Join_WithoutAYes_OnlyShows()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => _shown;
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("join", "123", "456", "789"));
        Assert.Equal("123456789", server.Script.Received<OpenJoinRequest>().Single().Code);
        Assert.Empty(server.Script.Received<AcceptJoinRequest>());
    }

    [Fact]
    public async Task Join_WrongDigits_RefusedAndSaysHowManyAreLeft()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => request switch
        {
            OpenJoinRequest => _shown,
            _ => new AcceptJoinResponse { Outcome = AcceptJoinOutcome.WrongDigits, TriesLeftCount = 2 },
        };
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync("join", "123456789", "--digits", "00", "--yes", "--as", "a@b.example"));
        Assert.Contains("2 left", ctx.Output);
        Assert.All(server.Script.Tokens, Assert.NotNull);
    }

    [Fact]
    public async Task Join_NeverAgain_StopsMessages()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => new StopMessagesResponse();
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("join", "http://127.0.0.1:5100/join/123456789/proof", "--never-again"));
        Assert.Equal("proof", server.Script.Received<StopMessagesRequest>().Single().LinkProof);
    }

    [Fact]
    public async Task Call_SomebodySaysYes_ShowsTheContextOfWhoSaidIt()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => Asked(request, ConsentRequestState.Granted);
        server.Script.OnGet = (_, _, _) => Task.FromResult(new GetContextResponse { Context = Answers.Minds("router") });
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync(
            "call", "--email", "a@b.example", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1", "--purpose", "service.support", "--once"));
        var look = server.Script.Received<GetContextRequest>().Single();
        Assert.Equal(("c1", "call-1", "service.support"), (look.Subject.CustomerId, look.InteractionId, look.Purpose));
        Assert.Contains("27", ctx.Output);
        Assert.Contains("never use this to verify", ctx.Output);
        Assert.Contains("router", ctx.Output);
    }

    [Fact]
    public async Task Call_NobodySaysYes_RefusedAndNothingIsLookedAt()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => Asked(request, ConsentRequestState.Over);
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync("call", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1", "--purpose", "service.support", "--once"));
        Assert.Empty(server.Script.Received<GetContextRequest>());
    }

    private static IMessage Asked(IMessage request, ConsentRequestState state) => request switch
    {
        RequestConsentRequest => new RequestConsentResponse
        {
            Outcome = RequestConsentOutcome.Sent,
            ConsentRequestId = "q1",
            JoinCode = "123456789",
            JoinUrl = "https://x.example/join/123456789",
            SpokenDigits = "27",
            ExpiresTime = Answers.Now.ToTimestamp(),
        },
        WatchConsentRequestRequest => new WatchConsentRequestResponse { Status = new ConsentRequestStatus { State = state, CustomerId = "c1" } },
        _ => throw new RpcException(new Status(StatusCode.Unimplemented, request.Descriptor.Name)),
    };
}
