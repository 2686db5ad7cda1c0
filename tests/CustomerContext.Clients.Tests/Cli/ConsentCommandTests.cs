using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class ConsentCommandTests
{
    [Fact]
    public async Task Grant_Options_BecomeTheTerms()
    {
        var request = await SendAsync<CreateGrantRequest>(
            _ => new CreateGrantResponse { Grant = new Grant { GrantId = "g-1", Tenant = "acme" } },
            "grant", "--tenant", "acme", "--purpose", "service.support", "--facet", "sentiment", "--facet", "top-of-mind", "--when", "any-time", "--until", "30d",
            "--source", "globex/crm", "--include-earlier");

        Assert.Equal(("acme", GrantWhen.AnyTime, true), (request.Tenant, request.Terms.When, request.Terms.IncludeEarlier));
        Assert.Equal([Facet.Sentiment, Facet.TopOfMind], request.Terms.Facets);
        Assert.Equal(["globex/crm"], request.Terms.Sources);
        Assert.Null(request.Terms.FromTime);
        var left = request.Terms.UntilTime.ToDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task Grant_OnlyAPurpose_LeavesTheRestToThePreset()
    {
        var request = await SendAsync<CreateGrantRequest>(_ => new CreateGrantResponse { Grant = new Grant() }, "grant", "--tenant", "acme", "--purpose", "service.support");

        Assert.Equal(new GrantTerms { Purposes = { "service.support" } }, request.Terms);
    }

    [Fact]
    public async Task Grant_EverythingSaid_Sent()
    {
        var request = await SendAsync<CreateGrantRequest>(
            _ => new CreateGrantResponse { Grant = new Grant() },
            "grant", "--tenant", "acme", "--purpose", "service.support", "--preset", "always", "--owner", "own", "--owner", "mine", "--show-where", "--include-earlier", "false");

        Assert.Equal(("always", true, true, false), (request.Terms.Preset, request.Terms.ShowWhere, request.Terms.HasIncludeEarlier, request.Terms.IncludeEarlier));
        Assert.Equal([SourceOwner.Own, SourceOwner.Mine], request.Terms.Owners);
    }

    [Fact]
    public async Task Revoke_ByTenant_EachLiveGrantOfIt()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => request switch
        {
            ListGrantsRequest => new ListGrantsResponse
            {
                Grants = { Of("g-1", "acme"), Of("g-2", "globex"), Of("g-3", "acme") },
            },
            RevokeGrantRequest revoke => new RevokeGrantResponse { Grant = Of(revoke.GrantId, "acme") },
            _ => throw new RpcException(new Status(StatusCode.Unimplemented, "")),
        };
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("revoke", "--as", "a@b.example", "--tenant", "acme"));

        Assert.Equal(["g-1", "g-3"], server.Script.Received<RevokeGrantRequest>().Select(request => request.GrantId));
        Assert.Contains("Taken back: acme", ctx.Output);
    }

    [Fact]
    public async Task Revoke_NotFound_Refused()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => throw Answers.Refusal(StatusCode.NotFound, "NOT_FOUND");
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync("revoke", "--as", "a@b.example", "g-1"));
    }

    [Fact]
    public async Task Preferences_SomeGiven_TheOthersStayAsTheyWere()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => request switch
        {
            ListGrantsRequest => new ListGrantsResponse { Preferences = new Preferences { OfAge = true, Ask = true, Collect = { "acme", "globex" } } },
            SetPreferencesRequest set => new SetPreferencesResponse { Preferences = set.Preferences },
            _ => throw new RpcException(new Status(StatusCode.Unimplemented, "")),
        };
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("preferences", "--as", "a@b.example", "--collect", "customer", "--ask", "false", "--publish"));

        var expected = new Preferences { OfAge = true, Ask = false, Publish = true, Collect = { "customer" } };
        Assert.Equal(expected, server.Script.Received<SetPreferencesRequest>().Single().Preferences);
        Assert.Contains("Who may send", ctx.Output);
    }

    [Fact]
    public async Task Preferences_NoneGiven_ShownAndNothingChanged()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => new ListGrantsResponse { Preferences = new Preferences { Collect = { "acme" } } };
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("preferences", "--as", "a@b.example", "--json"));

        Assert.Equal(new Preferences { Collect = { "acme" } }, Preferences.Parser.ParseJson(ctx.Output));
        Assert.IsType<ListGrantsRequest>(Assert.Single(server.Script.Requests));
    }

    [Fact]
    public async Task Disclosures_SeveralPages_UpToTheLimit()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (call, _) => new ListDisclosuresResponse
        {
            Disclosures = { Enumerable.Range(0, 3).Select(index => Look((10 - (call * 3)) + index)) },
            NextPageToken = "more",
            RefusedLooks = { call == 1 ? [new RefusedLooks { Tenant = "globex", LookCount = 2, DayTime = new DateTimeOffset(Answers.Now.UtcDateTime.Date, TimeSpan.Zero).ToTimestamp() }] : [] },
        };
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("disclosures", "--as", "a@b.example", "--limit", "5"));

        Assert.Equal(2, server.Script.Requests.Count);
        Assert.Contains("acme", ctx.Output);
        Assert.Contains("globex was refused 2 looks", ctx.Output);
    }

    [Fact]
    public async Task Disclosures_VerifyABrokenChain_Refused()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => new ListDisclosuresResponse { Disclosures = { Look(1) }, ChainHead = new ChainHead { Sequence = 1 } };
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync("disclosures", "--as", "a@b.example", "--verify"));

        Assert.Contains("not whole", ctx.Errors);
    }

    [Fact]
    public async Task Link_OpaqueByATenant_SubjectAndIdentifierApart()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => new LinkIdentifierResponse { Outcome = LinkOutcome.Linked };
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("link", "--tenant", "acme", "--email", "a@b.example", "--opaque", "crm-42", "--json"));

        var request = server.Script.Received<LinkIdentifierRequest>().Single();
        Assert.Equal(("a@b.example", "crm-42"), (request.Subject.Email, request.Identifier.Opaque));
        Assert.Equal("{\"outcome\":\"LINKED\"}", ctx.Output.Trim());
    }

    [Theory]
    [InlineData("grant", "--tenant", "acme", "--purpose", "service.support", "--facet", "sentiment")]
    [InlineData("grant", "--as", "a@b.example", "--tenant", "acme")]
    [InlineData("grant", "--as", "a@b.example", "--purpose", "service.support")]
    [InlineData("revoke", "--as", "a@b.example")]
    [InlineData("preferences")]
    [InlineData("disclosures", "--as", "a@b.example", "--verify", "--tenant", "acme")]
    [InlineData("link", "--tenant", "acme", "--email", "a@b.example")]
    public async Task Consent_WrongUsage_Refused(params string[] args)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync(args));
    }

    private static async Task<T> SendAsync<T>(Func<IMessage, IMessage> answer, params string[] args) where T : IMessage
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => answer(request);
        using var ctx = new CtxRun(server);
        Assert.Equal(0, await ctx.RunAsync([.. args, "--as", "a@b.example"]));
        return server.Script.Received<T>().Single();
    }

    private static Grant Of(string id, string tenant) => new() { GrantId = id, Tenant = tenant, State = GrantState.Live };

    private static Disclosure Look(long sequence) => new()
    {
        Sequence = sequence,
        Tenant = "acme",
        ActorRole = ActorRole.Agent,
        Kind = DisclosureKind.Lookup,
        DiscloseTime = Answers.Now.ToTimestamp(),
    };
}
