using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>A request reaches the customer live, their decision reaches the agent's next look.</summary>
public sealed class RequestTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private SiloClient Client => running.Client;

    [Fact]
    public async Task Ask_AWatchingCustomer_SeesItSaysYesAndTheAgentLooks()
    {
        const string email = "asked@example.org";
        await Client.MakeCustomer(email);
        using var stream = Client.WatchRequests(email);

        Assert.Equal(RequestConsentOutcome.Sent, (await Client.Ask(email)).Outcome);
        var asked = (await stream.Next()).ConsentRequest;
        Assert.Equal(("acme", Codes.CallWith(email)), (asked.Tenant, asked.InteractionId));
        Assert.Equal(TimeSpan.FromMinutes(30), asked.ExpiresTime.ToDateTimeOffset() - asked.CreateTime.ToDateTimeOffset());
        Assert.False(await Client.Sees(email));

        var decided = await Client.Decide(email, asked.ConsentRequestId, ConsentDecision.Approve);

        Assert.Equal((GrantState.Live, "acme"), (decided.Grant.State, decided.Grant.Tenant));
        Assert.Equal(asked.ConsentRequestId, (await stream.Next()).SettledId);
        Assert.True(await Client.Sees(email));
    }

    [Fact]
    public async Task Decide_AfterTheInteractionWentOnUnderAnotherId_TheYesIsInThatOne()
    {
        const string email = "transferred@example.org";
        var (old, next) = (Codes.CallWith(email), "call-transferred-2");
        var subject = new SubjectIdentifier { Email = email };
        await Client.MakeCustomer(email);
        await Client.Contexts.BeginInteractionAsync(new BeginInteractionRequest { RequestId = Requests.NewId(), InteractionId = old, Subject = subject }, Client.AsProgram());
        await Client.Ask(email);
        await Client.Contexts.ContinueInteractionAsync(new ContinueInteractionRequest { RequestId = Requests.NewId(), InteractionId = old, NewInteractionId = next }, Client.AsProgram());
        await Client.Contexts.EndInteractionAsync(new EndInteractionRequest { RequestId = Requests.NewId(), InteractionId = old }, Client.AsAgent());
        using var stream = Client.WatchRequests(email);
        var asked = (await stream.Next()).ConsentRequest;

        await Client.Decide(email, asked.ConsentRequestId, ConsentDecision.Approve);

        var look = new GetContextRequest { Subject = subject, Purpose = Requests.Purpose, InteractionId = next };
        Assert.NotNull((await Client.Contexts.GetContextAsync(look, Client.AsAgent())).Context);
        look.InteractionId = old;
        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.ConsentRequired, () => Client.Contexts.GetContextAsync(look, Client.AsAgent()).ResponseAsync);
    }

    [Fact]
    public async Task GetPreferences_TheCustomerSaidThatTheyAreTalking_NamesTheCompanyUntilTheyNoLongerAre()
    {
        const string email = "talking@example.org";
        await Client.MakeCustomer(email);
        var opened = await Client.Consents.OpenConversationAsync(new OpenConversationRequest { RequestId = Requests.NewId(), Tenant = "acme" }, Client.AsCustomer(email));
        Assert.Equal([opened.Conversation], (await Client.Consents.GetPreferencesAsync(new GetPreferencesRequest(), Client.AsCustomer(email))).OpenConversations);

        await Client.Consents.CloseConversationAsync(new CloseConversationRequest { RequestId = Requests.NewId(), Tenant = "acme" }, Client.AsCustomer(email));
        Assert.Empty((await Client.Consents.GetPreferencesAsync(new GetPreferencesRequest(), Client.AsCustomer(email))).OpenConversations);
    }

    [Fact]
    public async Task Ask_BeforeTheCustomerWatches_WaitsAndAnotherTokenResumes()
    {
        const string email = "later@example.org";
        await Client.MakeCustomer(email);
        await Client.Ask(email);
        using var stream = Client.WatchRequests(email);
        var first = await stream.Next();
        await Client.Ask(email, "globex");
        await Client.Decide(email, first.ConsentRequest.ConsentRequestId, ConsentDecision.Decline);

        using var resumed = Client.WatchRequests(email, first.ResumeToken);
        Assert.Equal(first.ConsentRequest.ConsentRequestId, (await resumed.Next()).SettledId);
        Assert.Equal("globex", (await resumed.Next()).ConsentRequest.Tenant);
        Assert.False(await Client.Sees(email));
    }

    [Fact]
    public async Task Ask_WhoWantsToBeLeftAlone_IsSentAndNobodyIsAsked()
    {
        const string email = "alone@example.org";
        await Client.MakeCustomer(email);
        var alone = Requests.Preferences("acme");
        alone.Preferences.LeaveMeAlone = true;
        await Client.Consents.SetPreferencesAsync(alone, Client.AsCustomer(email));

        Assert.Equal(RequestConsentOutcome.Sent, (await Client.Ask(email)).Outcome);

        // The next request that is let through is the first that shows.
        alone.Preferences.LeaveMeAlone = false;
        alone.RequestId = Requests.NewId();
        await Client.Consents.SetPreferencesAsync(alone, Client.AsCustomer(email));
        await Client.Ask(email, "globex");
        using var stream = Client.WatchRequests(email);
        Assert.Equal("globex", (await stream.Next()).ConsentRequest.Tenant);
    }

    [Fact]
    public async Task Ask_SameIdWithOtherContent_ReusedWhetherOrNotThePersonIsKnown()
    {
        await Client.MakeCustomer("reuse@example.org");
        foreach (var email in (string[])["reuse@example.org", "nobody.at.all@example.org"])
        {
            var id = Requests.NewId();
            await Client.Ask(email, requestId: id);
            Assert.Equal(RequestConsentOutcome.Sent, (await Client.Ask(email, requestId: id)).Outcome);
            await Refusals.Refused(StatusCode.Aborted, ErrorReason.RequestIdReused, () => Client.Ask("someone.else@example.org", requestId: id));
        }
    }

    [Fact]
    public async Task Ask_ForAPurposeThatIsNotTheTenants_NotAllowed()
    {
        var request = new RequestConsentRequest
        {
            RequestId = Requests.NewId(),
            Subject = new SubjectIdentifier { Email = RunningSilo.Email },
            Terms = Requests.Grant().Terms,
            InteractionId = "call-1",
        };
        request.Terms.When = GrantWhen.Unspecified;
        request.Terms.Purposes[0] = "credit.eligibility";
        request.Terms.Facets.Clear();
        request.Terms.Facets.Add(Facet.Situation);

        await Refusals.Refused(
            StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => Client.Consents.RequestConsentAsync(request, Client.AsAgent()).ResponseAsync);
    }

    [Fact]
    public async Task Decide_MoreThanWasAsked_InvalidAndTwice_NotFound()
    {
        const string email = "more@example.org";
        await Client.MakeCustomer(email);
        await Client.Ask(email);
        using var stream = Client.WatchRequests(email);
        var id = (await stream.Next()).ConsentRequest.ConsentRequestId;
        var request = new DecideConsentRequest
        {
            RequestId = Requests.NewId(),
            ConsentRequestId = id,
            Decision = ConsentDecision.Approve,
            Terms = Requests.Grant().Terms,
        };
        request.Terms.When = GrantWhen.DuringMyConversations;
        request.Terms.Facets.Add(Facet.Help);

        await Refusals.Invalid("terms", () => Client.Consents.DecideConsentAsync(request, Client.AsCustomer(email)).ResponseAsync);
        request.Terms.Facets.Clear();
        request.Terms.Facets.Add(Facet.Situation);
        var less = await Client.Consents.DecideConsentAsync(request, Client.AsCustomer(email));

        Assert.Equal([Facet.Situation], less.Grant.Terms.Facets);
        Assert.Equal(less, await Client.Consents.DecideConsentAsync(request, Client.AsCustomer(email)));
        await Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, () => Client.Decide(email, id, ConsentDecision.Approve));
        request.Decision = ConsentDecision.Decline;
        await Refusals.Refused(
            StatusCode.Aborted, ErrorReason.RequestIdReused, () => Client.Consents.DecideConsentAsync(request, Client.AsCustomer(email)).ResponseAsync);
    }

    [Theory]
    [InlineData("consent_request_id", "", ConsentDecision.Approve)]
    [InlineData("decision", "some", ConsentDecision.Unspecified)]
    [InlineData("decision", "some", (ConsentDecision)9)]
    public Task Decide_FieldThatIsNone_Invalid(string field, string id, ConsentDecision decision) =>
        Refusals.Invalid(field, () => Client.Decide(RunningSilo.Email, id, decision));

    [Theory]
    [InlineData("interaction_id")]
    public Task Ask_APersonWithoutInteraction_Invalid(string field) => Refusals.Invalid(field, () => Client.Consents.RequestConsentAsync(
        new RequestConsentRequest { RequestId = Requests.NewId(), Subject = new SubjectIdentifier { Email = RunningSilo.Email }, Terms = Requests.Grant().Terms },
        Client.AsAgent()).ResponseAsync);
}
