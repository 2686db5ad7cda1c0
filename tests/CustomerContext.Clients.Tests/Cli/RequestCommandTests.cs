using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class RequestCommandTests
{
    private static readonly string[] Terms = ["--purpose", "service.support", "--facet", "situation"];

    [Fact]
    public async Task Code_Options_BecomeTheRequestAndTheCodeIsShown()
    {
        var (request, output) = await SendAsync<CreateSharingCodeRequest>(
            new CreateSharingCodeResponse { Code = "12345678", ExpiresTime = Answers.Now.ToTimestamp() },
            ["code", "--as", "a@b.example", "--tenant", "acme", "--lifetime", "2m", .. Terms]);

        Assert.Equal(("acme", TimeSpan.FromMinutes(2)), (request.Tenant, request.LifetimeDuration.ToTimeSpan()));
        Assert.Equal([Facet.Situation], request.Terms.Facets);
        Assert.Contains("1234 5678", output);
    }

    [Fact]
    public async Task Redeem_AnAgent_SendsCodeSubjectAndInteraction()
    {
        var (request, output) = await SendAsync<RedeemSharingCodeRequest>(
            new RedeemSharingCodeResponse { Grant = new Grant { Tenant = "acme" }, CustomerId = "c1" },
            "redeem", "1234 5678", "--email", "a@b.example", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1", "--json");

        Assert.Equal(("1234 5678", "a@b.example", "call-1"), (request.Code, request.Subject.Email, request.InteractionId));
        Assert.Equal("c1", RedeemSharingCodeResponse.Parser.ParseJson(output).CustomerId);
    }

    [Theory]
    [InlineData("12345678", "1234", "5678")]
    [InlineData("1234-5678", "1234-5678")]
    [InlineData("1234-5678", "1234", "-", "5678")]
    public async Task Redeem_CodeAsPasted_IsSentAsOne(string sent, params string[] pasted)
    {
        var (request, _) = await SendAsync<RedeemSharingCodeRequest>(
            new RedeemSharingCodeResponse { Grant = new Grant { Tenant = "acme" } },
            ["redeem", .. pasted, "--email", "a@b.example", "--tenant", "acme", "--service", "crm", "--interaction", "call-1"]);

        Assert.Equal(sent, request.Code);
    }

    [Fact]
    public async Task Redeem_Granted_PrintsTheLookToMakeNext()
    {
        var (_, output) = await SendAsync<RedeemSharingCodeRequest>(
            new RedeemSharingCodeResponse { Grant = new Grant { Tenant = "acme", Terms = new GrantTerms { Purposes = { "service.support" } } }, CustomerId = "c1" },
            "redeem", "1234 5678", "--email", "a@b.example", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1");

        var line = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("ctx get --customer-id c1 --tenant acme --actor agent-7 --interaction call-1 --purpose service.support", line);
    }

    [Fact]
    public async Task Begin_AProgram_SendsSubjectAndInteraction()
    {
        var (request, _) = await SendAsync<BeginInteractionRequest>(
            new BeginInteractionResponse { ExpiresTime = Answers.Now.ToTimestamp() }, "begin", "--email", "a@b.example", "--tenant", "acme", "--interaction", "call-1");

        Assert.Equal(("a@b.example", "call-1"), (request.Subject.Email, request.InteractionId));
    }

    [Fact]
    public async Task Continue_AnAgent_SendsBothIds()
    {
        var (request, _) = await SendAsync<ContinueInteractionRequest>(
            new ContinueInteractionResponse { ExpiresTime = Answers.Now.ToTimestamp() },
            "continue", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1", "--next", "call-2");

        Assert.Equal(("call-1", "call-2"), (request.InteractionId, request.NewInteractionId));
    }

    [Fact]
    public async Task End_AnAgent_SendsTheInteraction()
    {
        var (request, output) = await SendAsync<EndInteractionRequest>(new EndInteractionResponse(), "end", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1");

        Assert.Equal("call-1", request.InteractionId);
        Assert.Contains("Ended", output);
    }

    [Fact]
    public async Task Talking_ACustomer_OpensAndCloses()
    {
        var opened = new OpenConversationResponse { Conversation = new OpenedConversation { Tenant = "acme", ExpiresTime = Answers.Now.ToTimestamp() } };
        Assert.Equal("acme", (await SendAsync<OpenConversationRequest>(opened, "talking", "--as", "a@b.example", "--tenant", "acme")).Request.Tenant);
        Assert.Equal("acme", (await SendAsync<CloseConversationRequest>(new CloseConversationResponse(), "talking", "--as", "a@b.example", "--tenant", "acme", "--over")).Request.Tenant);
    }

    [Fact]
    public async Task Redeem_WrongCode_SaysThatItIsTheCode()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => throw Answers.Refusal(StatusCode.PermissionDenied, "CODE_NOT_ACCEPTED");
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync("redeem", "12345678", "--email", "a@b.example", "--tenant", "acme", "--service", "crm", "--interaction", "call-1"));
        Assert.Contains("a new one", ctx.Errors);
        Assert.DoesNotContain("granted", ctx.Errors);
    }

    [Fact]
    public async Task Redeem_NoConsent_Refused()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => throw Answers.Refusal(StatusCode.PermissionDenied, "CONSENT_REQUIRED");
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync("redeem", "1", "--email", "a@b.example", "--tenant", "acme", "--service", "crm", "--interaction", "call-1"));
    }

    [Fact]
    public async Task Request_AnAgent_GetsWhatToSayByTheNamesOfTheContract()
    {
        var answer = new RequestConsentResponse
        {
            Outcome = RequestConsentOutcome.Sent,
            ConsentRequestId = "q1",
            JoinCode = "123456789",
            JoinUrl = "https://x.example/join/123456789",
            SpokenDigits = "27",
            ExpiresTime = Answers.Now.ToTimestamp(),
        };
        var (request, output) = await SendAsync<RequestConsentRequest>(
            answer, ["request", "--email", "a@b.example", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1", "--json", .. Terms]);

        Assert.Equal(("a@b.example", "call-1", ""), (request.Subject.Email, request.InteractionId, request.Terms.InteractionId));
        var shown = System.Text.Json.Nodes.JsonNode.Parse(output)!;
        Assert.Equal(("SENT", "123456789", "27", "q1"), ((string)shown["outcome"]!, (string)shown["join_code"]!, (string)shown["spoken_digits"]!, (string)shown["consent_request_id"]!));
        Assert.Equal("https://x.example/join/123456789", (string)shown["join_url"]!);

        var (nobody, words) = await SendAsync<RequestConsentRequest>(
            answer, "request", "--tenant", "acme", "--actor", "agent-7", "--interaction", "call-1", "--purpose", "service.support");
        Assert.Null(nobody.Subject);
        Assert.Contains("123 456 789", words);
        Assert.Contains("27", words);
    }

    [Fact]
    public async Task Requests_AsTheyCome_ALineEach()
    {
        var asked = new ConsentRequest { ConsentRequestId = "q1", Tenant = "acme", Terms = new GrantTerms { Purposes = { "service.support" } }, ExpiresTime = Answers.Now.ToTimestamp() };
        var (_, output) = await SendAsync<WatchConsentRequestsRequest>(
            new WatchConsentRequestsResponse { ConsentRequest = asked, ResumeToken = "q1" }, "requests", "--as", "a@b.example");

        Assert.Contains("acme asks for service.support", output);
        Assert.Contains("ctx decide q1 --approve", output);
    }

    [Theory]
    [InlineData(ProposalKind.Friend, "acme/forum", "p1", "", "acme/forum says that you are friends", "ctx ties t1 --say yes")]
    [InlineData(ProposalKind.Friend, "", "p1", "", "Somebody says that you are friends", "ctx ties t1 --say yes")]
    [InlineData(ProposalKind.Follow, "acme/forum", "p1", "", "acme/forum says that you follow them", "ctx ties t1 --say yes")]
    [InlineData(ProposalKind.Tribe, "acme/forum", "", "e-bikers", "acme/forum says that you are in e-bikers", "--join e-bikers")]
    [InlineData(ProposalKind.Tribe, "", "", "e-bikers", "e-bikers shares what is on your mind", "--join e-bikers")]
    [InlineData(ProposalKind.LeaveTribe, "", "", "e-bikers", "no longer talk about what e-bikers shares", "--leave e-bikers")]
    public async Task Requests_AProposal_InWordsWithTheSignalThatMakesItTrue(
        ProposalKind kind, string source, string other, string tribe, string words, string command)
    {
        var proposal = new Proposal { ProposalId = "x", Kind = kind, Source = source, OtherCustomerId = other, TribeId = tribe, TieId = other.Length > 0 ? "t1" : "" };
        var (_, output) = await SendAsync<WatchConsentRequestsRequest>(new WatchConsentRequestsResponse { Proposal = proposal }, "requests", "--as", "a@b.example");

        Assert.Contains(words, output);
        Assert.Contains(command, output);
    }

    [Fact]
    public async Task Requests_AQuestionOfATribe_InWordsWithTheSignalThatAnswers()
    {
        var question = new PanelQuestion { QuestionId = "q7", TribeId = "e-bikers", Topic = "battery", ExpiresTime = Answers.Now.ToTimestamp() };
        var (_, output) = await SendAsync<WatchConsentRequestsRequest>(new WatchConsentRequestsResponse { PanelQuestion = question }, "requests", "--as", "a@b.example");

        Assert.Contains("e-bikers asks how you feel about battery", output);
        Assert.Contains("--question q7", output.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task Decide_ApproveWithTerms_ApprovesNoMoreThanThose()
    {
        var (request, _) = await SendAsync<DecideConsentRequest>(
            new DecideConsentResponse { Grant = new Grant { Tenant = "acme" } }, ["decide", "q1", "--approve", "--as", "a@b.example", .. Terms]);

        Assert.Equal(("q1", ConsentDecision.Approve), (request.ConsentRequestId, request.Decision));
        Assert.Equal([Facet.Situation], request.Terms.Facets);
    }

    [Fact]
    public async Task Decide_Decline_HasNoTerms()
    {
        var (request, output) = await SendAsync<DecideConsentRequest>(new DecideConsentResponse(), "decide", "q1", "--decline", "--as", "a@b.example");

        Assert.Equal((ConsentDecision.Decline, null), (request.Decision, request.Terms));
        Assert.Contains("Declined", output);
    }

    [Fact]
    public async Task Unlink_ACustomersPhone_Detached()
    {
        var (request, output) = await SendAsync<UnlinkIdentifierRequest>(
            new UnlinkIdentifierResponse(), "unlink", "--as", "a@b.example", "--phone", "+31201234567", "--json");

        Assert.Equal("+31201234567", request.Identifier.PhoneNumber);
        Assert.Equal("{\"outcome\":\"UNLINKED\"}", output.Trim());
    }

    [Fact]
    public async Task Identifiers_OfACustomer_Listed()
    {
        var linked = new LinkedIdentifier { Format = IdentifierFormat.PhoneNumber, Verification = Verification.Verified, LinkTime = Answers.Now.ToTimestamp() };
        var (_, output) = await SendAsync<ResolveCustomerRequest>(new ResolveCustomerResponse { Identifiers = { linked } }, "identifiers", "--as", "a@b.example");

        Assert.Contains("phone number", output);
        Assert.Contains("verified", output);
    }

    [Theory]
    [InlineData("decide", "q1", "--as", "a@b.example")]
    [InlineData("decide", "q1", "--as", "a@b.example", "--approve", "--decline")]
    [InlineData("redeem", "--email", "a@b.example", "--tenant", "acme", "--service", "crm")]
    [InlineData("redeem", "1234 5678", "--email", "a@b.example", "--tenant", "acme", "--service", "crm")]
    [InlineData("code", "--as", "a@b.example", "--tenant", "acme")]
    [InlineData("end", "--tenant", "acme", "--actor", "agent-7")]
    [InlineData("begin", "--email", "a@b.example", "--tenant", "acme")]
    [InlineData("request", "--tenant", "acme", "--service", "crm")]
    [InlineData("call", "--tenant", "acme", "--purpose", "service.support")]
    [InlineData("join")]
    [InlineData("unlink", "--as", "a@b.example")]
    public async Task Requests_WrongUsage_Refused(params string[] args)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync(args));
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
