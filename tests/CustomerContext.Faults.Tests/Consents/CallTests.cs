using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>The moment that the product is for, with nothing but defaults: a code is read out, redeemed, and the agent sees; in this call and in no other.</summary>
public abstract class CallTests
{
    private const int Begins = 200;

    internal abstract SiloClient Client { get; }

    [Fact]
    public async Task ThisCall_CodeRedeemedAndLookedAt_FullContextForTheWholeCallAndNoOther()
    {
        const string email = "caller1@example.org";
        const string call = "this-call-1";
        await MakeCaller(email);

        var redeemed = await Redeem(email, await MakeCode(email), call);
        Assert.Equal(("this-call", 1L, GrantWhen.ThisCallOnly, call), (redeemed.Grant.Terms.Preset, redeemed.Grant.Terms.PresetVersion, redeemed.Grant.Terms.When, redeemed.Grant.Terms.InteractionId));
        Assert.Equal([SourceOwner.Own, SourceOwner.Mine], redeemed.Grant.Terms.Owners);

        // The customer said something here and acme sent something, before the grant: both are in it.
        var first = await Look(email, call);
        Assert.NotNull(first.Context.Sentiment);
        Assert.Equal(["delivery", "router"], first.Context.TopOfMind.Topics.Select(topic => topic.Name).Order());
        Assert.Equal(2, first.Context.Conversations.Latest.Count);
        Assert.NotNull(first.Context.Situation);
        Assert.Equal([redeemed.Grant.GrantId], first.GrantIds);

        // A second look, a watch after it, and a colleague's look in the same call.
        Assert.Equal(first.Version, (await Look(email, call)).Version);
        using var watch = Watch(email, call);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.NotNull(watch.ResponseStream.Current.Frame.Context.TopOfMind);
        Assert.Equal(first.Version, (await Look(email, call, "agent-99")).Version);

        // Another call of the same company, and the same id at another company, are not meant.
        await Refused(email, "another-call", "agent-7");
        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.ConsentRequired, () => Client.Contexts.GetContextAsync(Request(email, call), Client.AsAgent("globex")).ResponseAsync);

        await Client.Contexts.EndInteractionAsync(new EndInteractionRequest { RequestId = Requests.NewId(), InteractionId = call }, Client.AsAgent());
        Assert.Equal(WatchEndReason.InteractionOver, await EndOf(watch));
        await Refused(email, call, "agent-7");
        Assert.Equal(GrantState.UsedUp, (await Client.Consents.GetGrantAsync(new GetGrantRequest { GrantId = redeemed.Grant.GrantId }, Client.AsCustomer(email))).Grant.State);
    }

    [Fact]
    public async Task EndInteraction_ThenEverythingThatOpensOne_InteractionOverForGood()
    {
        const string email = "caller2@example.org";
        const string call = "this-call-2";
        await MakeCaller(email);
        await Redeem(email, await MakeCode(email), call);
        await End(call);
        await End(call);

        await Refusals.Refused(StatusCode.FailedPrecondition, ErrorReason.InteractionOver, async () => await Redeem(email, await MakeCode(email), call));
        await Refusals.Refused(StatusCode.FailedPrecondition, ErrorReason.InteractionOver, () => Begin(email, call));
        await Refused(email, call, "agent-7");

        // One that was never open is ended all the same.
        await End("never-begun");
        await Refusals.Refused(StatusCode.FailedPrecondition, ErrorReason.InteractionOver, () => Begin(email, "never-begun"));
    }

    [Fact]
    public async Task ContinueInteraction_ByWhoLookedLast_AnswersUnderTheNewIdAlsoWhenTheOldOneHasEnded()
    {
        const string email = "caller3@example.org";
        await MakeCaller(email);
        await Redeem(email, await MakeCode(email), "leg-1");
        await Look(email, "leg-1", "agent-99");

        await Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, () => Continue("leg-1", "leg-2", "agent-5"));
        var expires = (await Continue("leg-1", "leg-2", "agent-99")).ExpiresTime;
        Assert.Equal(expires, (await Continue("leg-1", "leg-2", "agent-99")).ExpiresTime);
        await Look(email, "leg-2", "agent-5");

        await End("leg-1");
        await Refused(email, "leg-1", "agent-5");
        await Look(email, "leg-2", "agent-5");
        await End("leg-2");
        await Refused(email, "leg-2", "agent-5");

        var kinds = (await Client.ReadLog(email)).Records.Where(record => record.ConsentChange is not null).Select(record => record.ConsentChange.Kind).ToArray();
        Assert.Contains(ConsentChangeKind.InteractionContinued, kinds);
        Assert.Equal(2, kinds.Count(kind => kind == ConsentChangeKind.InteractionEnded));
    }

    [Fact]
    public async Task BeginInteraction_ByAProgram_OpensWhatIsGrantedWhileTheyTalkAndAPersonMayNot()
    {
        const string email = "caller4@example.org";
        const string call = "line-4";
        await MakeCaller(email);
        var terms = new GrantTerms { Purposes = { Requests.Purpose } };
        var grant = await Client.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = terms }, Client.AsCustomer(email));
        Assert.Equal(("when-we-talk", GrantWhen.DuringMyConversations), (grant.Grant.Terms.Preset, grant.Grant.Terms.When));
        await Refused(email, call, "agent-7");

        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => Begin(email, call, isPerson: true));
        await Refused(email, call, "agent-7");

        var known = await Begin(email, call);
        var unknown = await Begin("nobody.at.all@example.org", "line-of-nobody");

        // A time takes 10 to 12 bytes, as its fraction falls.
        Assert.Equal(known.CalculateSize() - known.ExpiresTime.CalculateSize(), unknown.CalculateSize() - unknown.ExpiresTime.CalculateSize());
        Assert.NotNull((await Look(email, call)).Context.TopOfMind);
        Assert.Equal([(OpenerKind.Interaction, "")], await OpenedBy(email));
        await Refused(email, "line-5", "agent-7");
        await End(call);
        await Refused(email, call, "agent-7");
    }

    [Fact]
    public async Task PublishSignals_MadeUpTurnByAPersonsToken_OpensNoConversationAndAProgramsDoes()
    {
        const string email = "caller8@example.org";
        await MakeCaller(email);
        var terms = new GrantTerms { Purposes = { Requests.Purpose } };
        await Client.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = terms }, Client.AsCustomer(email));

        await Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(email, $"made-up-{email}", 3)), Client.AsAgent());
        await Refused(email, "line-8", "agent-7");
        await Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(email, $"real-{email}", 3)), Client.AsProgram());
        await Look(email, "line-8");
        Assert.Equal([(OpenerKind.Conversation, $"acme/crm real-{email}"), (OpenerKind.Question, $"acme/crm real-{email}")], await OpenedBy(email));
    }

    [Fact]
    public async Task BeginInteraction_FourPeopleAndOneMore_LimitReached()
    {
        foreach (var number in Enumerable.Range(1, 4))
        {
            await Begin($"guest{number}@example.org", "conference");
        }

        await Begin("guest1@example.org", "conference");
        await Refusals.Refused(StatusCode.FailedPrecondition, ErrorReason.LimitReached, () => Begin("guest5@example.org", "conference"));
    }

    [Fact]
    public async Task OpenConversation_ByTheCustomer_OpensEveryCallUntilTheyCloseIt()
    {
        const string email = "caller5@example.org";
        await MakeCaller(email);
        var terms = new GrantTerms { Purposes = { Requests.Purpose } };
        await Client.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = terms }, Client.AsCustomer(email));

        await Client.Consents.OpenConversationAsync(new OpenConversationRequest { RequestId = Requests.NewId(), Tenant = "acme" }, Client.AsCustomer(email));
        await Look(email, "any-call");
        Assert.Equal([(OpenerKind.Customer, "")], await OpenedBy(email));
        using var watch = Watch(email, "any-call");
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        await Client.Consents.CloseConversationAsync(new CloseConversationRequest { RequestId = Requests.NewId(), Tenant = "acme" }, Client.AsCustomer(email));

        await EndOf(watch);
        await Refused(email, "any-call", "agent-7");
    }

    [Fact]
    public async Task CreateGrant_ThisCallWithoutInteraction_BoundToTheFirstThatLooks()
    {
        const string email = "caller6@example.org";
        await MakeCaller(email);
        var terms = new GrantTerms { Purposes = { Requests.Purpose }, Preset = "this-call" };
        await Client.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = terms }, Client.AsCustomer(email));
        await End("over-before");

        await Refused(email, "over-before", "agent-7");
        await Look(email, "first-call");
        await Look(email, "first-call", "agent-99");
        await Refused(email, "second-call", "agent-7");
    }

    [Fact]
    public async Task RevokeGrant_WhileATenantFloodsTheCustomerWithCalls_Succeeds()
    {
        const string email = "caller7@example.org";
        await MakeCaller(email);
        var redeemed = await Redeem(email, await MakeCode(email), "this-call-7");
        var flood = Task.WhenAll(Enumerable.Range(0, Begins).Select(number => Record.ExceptionAsync(() => Begin(email, $"flood-{number}"))));

        await Client.Consents.RevokeGrantAsync(Requests.Revoke(redeemed.Grant.GrantId), Client.AsCustomer(email));

        await Refused(email, "this-call-7", "agent-7");
        await flood;
        var begun = (await Client.ReadLog(email)).Records.Count(record => record.ConsentChange?.Kind == ConsentChangeKind.InteractionBegun);
        Assert.InRange(begun, 1, 32);
    }

    [Theory]
    [InlineData("interaction_id")]
    [InlineData("subject")]
    public Task BeginInteraction_WithoutAField_Invalid(string field)
    {
        var request = new BeginInteractionRequest { RequestId = Requests.NewId(), InteractionId = "call-9", Subject = new SubjectIdentifier { Email = "a@example.org" } };
        BeginInteractionRequest.Descriptor.FindFieldByName(field).Accessor.Clear(request);
        return Refusals.Invalid(field, () => Client.Contexts.BeginInteractionAsync(request, Client.AsProgram()).ResponseAsync);
    }

    private static GetContextRequest Request(string email, string call)
    {
        var request = Requests.Lookup(email);
        request.InteractionId = call;
        return request;
    }

    /// <summary>A customer of whom acme and they themselves have said something.</summary>
    private async Task MakeCaller(string email)
    {
        await Client.Consents.SetPreferencesAsync(Requests.Preferences("acme", "customer"), Client.AsCustomer(email));
        var trait = new Signal
        {
            Id = $"trait-{email}",
            Subject = new SubjectIdentifier { Email = email },
            OccurredTime = Requests.Turn(email, "c", 0).OccurredTime,
            Trait = new TraitSignal { Name = "language", Value = "en" },
        };
        var talk = Requests.Turn(email, $"talk-{email}", 1);
        talk.Conversation.State = ConversationState.Closed;
        await Client.Signals.PublishSignalsAsync(Requests.Publish(talk, trait), Client.AsProgram());
        var own = Requests.Turn(email, $"own-{email}", 1);
        own.Subject = null;
        own.Conversation.Topics[0] = "router";
        await Client.Signals.PublishSignalsAsync(Requests.Publish(own), Client.AsCustomer(email));
    }

    /// <summary>What opened the newest look, as the customer's record says it.</summary>
    private async Task<(OpenerKind Kind, string Conversation)[]> OpenedBy(string email)
    {
        var newest = (await Client.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 1 }, Client.AsCustomer(email))).Disclosures[0];
        Assert.Equal(newest.Facets.Order(), newest.Openings.SelectMany(opening => opening.Facets).Order());
        return [.. newest.Openings.Select(opening => (opening.Kind, $"{opening.Source} {opening.ConversationId}".Trim()))];
    }

    private async Task<string> MakeCode(string email) => (await Client.Consents.CreateSharingCodeAsync(
        new CreateSharingCodeRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = new GrantTerms { Purposes = { Requests.Purpose } } }, Client.AsCustomer(email))).Code;

    private Task<RedeemSharingCodeResponse> Redeem(string email, string code, string call) => Client.Consents.RedeemSharingCodeAsync(
        new RedeemSharingCodeRequest { RequestId = Requests.NewId(), Subject = new SubjectIdentifier { Email = email }, Code = code, InteractionId = call }, Client.AsAgent()).ResponseAsync;

    private Task<GetContextResponse> Look(string email, string call, string actor = "agent-7") =>
        Client.Contexts.GetContextAsync(Request(email, call), Client.AsActor(actor)).ResponseAsync;

    private async Task Refused(string email, string call, string actor) =>
        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.ConsentRequired, () => Look(email, call, actor));

    private AsyncServerStreamingCall<WatchContextResponse> Watch(string email, string call)
    {
        var request = Requests.Watch(email);
        request.InteractionId = call;
        return Client.Contexts.WatchContext(request, Client.AsActor("agent-7", deadline: TimeSpan.FromSeconds(20)));
    }

    private Task<BeginInteractionResponse> Begin(string email, string call, bool isPerson = false) => Client.Contexts.BeginInteractionAsync(
        new BeginInteractionRequest { RequestId = Requests.NewId(), InteractionId = call, Subject = new SubjectIdentifier { Email = email } },
        isPerson ? Client.AsAgent() : Client.AsProgram()).ResponseAsync;

    private Task<ContinueInteractionResponse> Continue(string call, string next, string actor) => Client.Contexts.ContinueInteractionAsync(
        new ContinueInteractionRequest { RequestId = Requests.NewId(), InteractionId = call, NewInteractionId = next }, Client.AsActor(actor)).ResponseAsync;

    private async Task End(string call) =>
        await Client.Contexts.EndInteractionAsync(new EndInteractionRequest { RequestId = Requests.NewId(), InteractionId = call }, Client.AsAgent());

    private static async Task<WatchEndReason> EndOf(AsyncServerStreamingCall<WatchContextResponse> watch)
    {
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (watch.ResponseStream.Current.Ended is { } ended)
            {
                return ended.Reason;
            }
        }

        return WatchEndReason.Unspecified;
    }
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteCallTests(RunningSilo running) : CallTests, IClassFixture<RunningSilo>
{
    internal override SiloClient Client => running.Client;
}

/// <summary>The same on Redis.</summary>
public sealed class RedisCallTests(RunningRedisSilo running) : CallTests, IClassFixture<RunningRedisSilo>
{
    internal override SiloClient Client => running.Client;
}
