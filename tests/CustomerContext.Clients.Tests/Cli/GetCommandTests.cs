using System.Text.Json;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class GetCommandTests
{
    private static readonly string[] Get =
    [
        "get", "--email", "customer1@example.org", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1", "--purpose", "service.support",
    ];

    [Fact]
    public async Task Get_Json_OneLineWithTheAnswer()
    {
        await using var server = await FakeServer.StartAsync();
        var answer = Answer();
        server.Script.OnGet = (_, _, _) => Task.FromResult(answer);
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync([.. Get, "--json"]));

        var line = Assert.Single(ctx.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(answer, GetContextResponse.Parser.ParseJson(line));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1,", "--address must be like")]
    [InlineData("http://127.0.0.1:1,http://127.0.0.1:1/", "--address names one server twice")]
    public async Task Get_AddressesAreNoneOrTwiceTheSame_Refused(string addresses, string error)
    {
        using var ctx = new CtxRun(null);

        Assert.NotEqual(0, await ctx.RunAsync([.. Get, "--address", addresses]));
        Assert.Contains(error, ctx.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Options_BecomeTheRequest()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync([.. Get, "--facet", "top-of-mind", "--facet", "SENTIMENT"]));

        var request = server.Script.Received<GetContextRequest>().Single();
        Assert.Equal(("customer1@example.org", "service.support", "call-1"), (request.Subject.Email, request.Purpose, request.InteractionId));
        Assert.Equal([Facet.TopOfMind, Facet.Sentiment], request.Facets);
        Assert.StartsWith("Bearer ey", server.Script.Tokens.Single());
    }

    [Fact]
    public async Task Get_ForPeople_WordsAgesAndWhatIsWithheld()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (_, _, _) => Task.FromResult(Answer());
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync(Get));

        Assert.All(
            ["content", "+0.42", "▇", "·", "rising", "12 messages", "billing [x]", "2 h ago", "please do not call", "phone", "waiting since 3 h ago",
                "acme says solved, the customer says not solved",
                "network: purpose does not allow", "on record as d-1"],
            text => Assert.Contains(text, ctx.Output));
    }

    [Fact]
    public async Task Get_AsTheCustomer_NamesNobody()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("get", "--as", "customer1@example.org"));

        Assert.Null(server.Script.Received<GetContextRequest>().Single().Subject);
    }

    [Fact]
    public async Task Get_SeveralIdentifiers_SentAsAliases()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync([.. Get, "--iss", "https://id.example", "--sub", "s", "--phone", "+3120"]));

        var identifiers = server.Script.Received<GetContextRequest>().Single().Subject.Aliases.Identifiers;
        Assert.Equal(["customer1@example.org", "+3120", "s"], identifiers.Select(one => one.Email + one.PhoneNumber + one.IssSub?.Sub));
    }

    [Fact]
    public async Task Get_TokenGiven_SentAsItIs()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        ctx.Set("CTX_TOKEN", "mine");

        Assert.Equal(0, await ctx.RunAsync("get", "--email", "a@b.example", "--purpose", "service.support"));

        Assert.Equal(["Bearer mine"], server.Script.Tokens);
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied, "CONSENT_REQUIRED", 1)]
    [InlineData(StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED", 1)]
    [InlineData(StatusCode.InvalidArgument, "INVALID_ARGUMENT", 2)]
    [InlineData(StatusCode.Unavailable, "STORE_UNAVAILABLE", 3)]
    [InlineData(StatusCode.Unauthenticated, "TOKEN_INVALID", 4)]
    [InlineData(StatusCode.Internal, "INTERNAL", 5)]
    public async Task Get_Refused_ExitCodeAndReason(StatusCode code, string reason, int exitCode)
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (_, _, _) => throw Answers.Refusal(code, reason);
        using var ctx = new CtxRun(server);

        Assert.Equal(exitCode, await ctx.RunAsync([.. Get, "--json"]));

        Assert.Empty(ctx.Output);
        using var error = JsonDocument.Parse(ctx.Errors);
        Assert.Equal(reason, error.RootElement.GetProperty("error").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Get_NoServer_SaysHowToStartOne()
    {
        var server = await FakeServer.StartAsync();
        await server.DisposeAsync();
        using var ctx = new CtxRun(server);

        Assert.Equal(3, await ctx.RunAsync(Get));

        Assert.Contains("./run", ctx.Errors);
    }

    [Theory]
    [InlineData("get", "--email", "a@b.example", "--tenant", "acme", "--service", "crm")]
    [InlineData("get", "--tenant", "acme", "--service", "crm", "--purpose", "service.support")]
    [InlineData("get", "--email", "a@b.example", "--tenant", "acme", "--purpose", "service.support")]
    [InlineData("get", "--email", "a@b.example", "--tenant", "acme", "--service", "crm", "--purpose", "service.support", "--facet", "shoe-size")]
    [InlineData("get", "--email", "a@b.example", "--tenant", "acme", "--service", "crm", "--purpose", "service.support", "--address", "nowhere")]
    [InlineData("get", "--iss", "https://id.example", "--tenant", "acme", "--service", "crm", "--purpose", "service.support")]
    [InlineData("look")]
    public async Task Get_WrongUsage_Refused(params string[] args)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync(args));

        Assert.NotEmpty(ctx.Errors);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("watch")]
    [InlineData("publish")]
    [InlineData("replay")]
    [InlineData("preferences")]
    [InlineData("grant")]
    [InlineData("grants")]
    [InlineData("revoke")]
    [InlineData("pause")]
    [InlineData("disclosures")]
    [InlineData("link")]
    [InlineData("token")]
    public async Task Help_EachCommand_ExamplesAndExitCodes(string command)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync(command, "--help"));

        Assert.Contains("Examples:", ctx.Output);
        Assert.Contains($"ctx {command} ", ctx.Output);
        Assert.Contains("Exit codes:", ctx.Output);
    }

    private static GetContextResponse Answer()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new GetContextResponse
        {
            CustomerId = "c-1",
            DisclosureId = "d-1",
            Context = new Context
            {
                Sentiment = new Sentiment
                {
                    Word = SentimentWord.Content,
                    Score = 0.42,
                    Confidence = 0.8,
                    MessageCount = 12,
                    Trend = new SentimentTrend { Direction = Direction.Rising, Change = 0.3 },
                    Sparkline = { new SentimentDay { Score = 0.7 }, new SentimentDay() },
                },
                TopOfMind = new TopOfMind { Topics = { new Topic { Name = "billing [x]", LastTime = Ago(now, 2) } } },
                Situation = new Situation
                {
                    PleaseDoNot = { new Trait { Name = "please_do_not", Value = "call", Source = "customer", OccurredTime = Ago(now, 50) } },
                },
                Conversations = new Conversations
                {
                    Latest = { new Conversation { Channel = "phone", WaitingSinceTime = Ago(now, 3), LastTime = Ago(now, 3), TurnCount = 1 } },
                    Outcomes =
                    {
                        new InteractionOutcome
                        {
                            Tenant = "acme",
                            InteractionId = "call-9",
                            Topics = { "router" },
                            ByCompany = InteractionResult.Solved,
                            ByCustomer = InteractionResult.NotSolved,
                            SaidTime = Ago(now, 5),
                        },
                    },
                },
            },
            Withheld = { new Withheld { Facet = Facet.Network, Reason = WithheldReason.PurposeDoesNotAllow } },
        };
    }

    private static Timestamp Ago(DateTimeOffset now, int hours) => (now - TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1)).ToTimestamp();
}
