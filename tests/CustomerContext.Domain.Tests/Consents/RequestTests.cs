using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class RequestTests
{
    private static readonly FacetSet Topics = FacetSet.Of(Facet.TopOfMind);
    private static readonly ConsentState Known = Ok(ConsentRules.PauseAll(OfAge, new PauseAll("p1", true), Now)).State with { PausedAt = null };

    [Fact]
    public void Ask_ACustomer_WaitsAndIsOnRecord()
    {
        var step = Ok(Ask(Known));

        var waiting = Assert.Single(ConsentRules.Waiting(step.State, Now));
        Assert.Equal((Acme, "call-1", Now, Now + Limits.Consents.RequestLifetime), (waiting.Tenant, waiting.Interaction, waiting.CreatedAt, waiting.Until));
        Assert.Equal((ConsentChangeKind.Requested, "a9"), (step.Change!.Kind, step.Change.By!.Actor));
    }

    [Fact]
    public void Ask_NobodyOrLeaveMeAloneOrTheSameAgain_ChangesNothing()
    {
        var alone = Known with { Preferences = Known.Preferences with { LeaveMeAlone = true } };
        var asked = Ok(Ask(Known)).State;

        Assert.Null(Ok(Ask(ConsentState.None)).Change);
        Assert.Null(Ok(Ask(alone)).Change);
        Assert.Null(Ok(Ask(asked, "another id")).Change);
        Assert.Null(Ok(Ask(asked, terms: Terms(Topics, GrantWhen.DuringMyConversations))).Change);
    }

    [Fact]
    public void Ask_RepeatedAfterItWasDecided_IsNotAskedAgain()
    {
        var asked = Ok(Ask(Known)).State;
        var declined = Ok(Decide(asked, isApproved: false)).State;

        Assert.Null(Ok(Ask(declined)).Change);
    }

    [Fact]
    public void Ask_BadTerms_RefusedWhoeverIsAsked()
    {
        Assert.Equal("terms.until_time", Refused(Ask(Known, terms: Terms(when: GrantWhen.ThisCallOnly, until: Now))).Field);
        Assert.Equal("terms.until_time", Refused(Ask(ConsentState.None, terms: Terms(when: GrantWhen.ThisCallOnly, until: Now))).Field);
        Assert.Equal("terms.when", Refused(Ask(Known, terms: Terms())).Field);
        Assert.Equal("terms.preset", Refused(Ask(Known, terms: Terms() with { Preset = "always" })).Field);
    }

    [Fact]
    public void Ask_FiveOfOneTenant_TheOldestLeaves()
    {
        var state = Enumerable.Range(0, 5).Aggregate(Known, (asked, i) => Ok(Ask(asked, $"t{i}", terms: Terms(when: GrantWhen.DuringMyConversations, until: Now.AddDays(i + 1)))).State);

        Assert.Equal(Limits.Consents.WaitingRequestsPerTenant, state.Requests.Length);
        Assert.DoesNotContain(state.Requests, request => request.Terms.Until == Now.AddDays(1));
    }

    [Fact]
    public void Ask_SixteenAndOneMore_TheLastIsNotAsked()
    {
        var state = Enumerable.Range(0, Limits.Consents.WaitingRequests).Aggregate(Known, (asked, i) => Ok(Ask(asked, tenant: new TenantId($"t{i}"))).State);

        Assert.Equal(Limits.Consents.WaitingRequests, state.Requests.Length);
        Assert.Null(Ok(Ask(state, tenant: new TenantId("t16"))).Change);
    }

    [Fact]
    public void Waiting_AtItsEndAndATickBefore_GoneAndThere()
    {
        var state = Ok(Ask(Known)).State;
        var end = Now + Limits.Consents.RequestLifetime;

        Assert.Single(ConsentRules.Waiting(state, end.AddTicks(-1)));
        Assert.Empty(ConsentRules.Waiting(state, end));
        Assert.Equal(RefusalReason.NotFound, Refused(Decide(state, at: end)).Reason);
    }

    [Fact]
    public void Decide_Approve_GivesExactlyWhatWasAsked()
    {
        var step = Ok(Decide(Ok(Ask(Known, terms: Terms(Topics, GrantWhen.DuringMyConversations, until: Now.AddDays(3)))).State, at: Now.AddHours(1)));

        Assert.Equal((Acme, Topics, Now.AddHours(1), Now.AddDays(3)), (step.Grant!.Tenant, step.Grant.Facets, step.Grant.From, step.Grant.Until));
        Assert.Empty(step.State.Requests);
        Assert.Equal(RefusalReason.NotFound, Refused(Decide(step.State, request: "again")).Reason);
        Assert.Equal(step.Grant, Ok(Decide(step.State, at: Now.AddHours(1))).Grant);
    }

    [Fact]
    public void Decide_ApproveLess_GivesLess()
    {
        var asked = Ok(Ask(Known, terms: Terms(Topics.Union(FacetSet.Of(Facet.Help)), GrantWhen.DuringMyConversations, until: Now.AddDays(3)))).State;
        var step = Ok(Decide(asked, terms: Terms(Topics, GrantWhen.DuringMyConversations)));

        Assert.Equal((Topics, Now.AddDays(3)), (step.Grant!.Facets, step.Grant.Until));
    }

    public static TheoryData<GrantTerms> More =>
    [
        Terms(Topics.Union(FacetSet.Of(Facet.Help)), GrantWhen.DuringMyConversations),
        Terms(Topics, GrantWhen.DuringMyConversations, until: Now.AddDays(4)),
        Terms(Topics, GrantWhen.AnyTime),
        Terms(Topics, GrantWhen.DuringMyConversations, sources: [GlobexShop]),
        Terms(Topics, GrantWhen.DuringMyConversations, includeEarlier: true),
        Terms(Topics, GrantWhen.DuringMyConversations, purposes: [Support, new Purpose("sales.advice")]),
    ];

    [Theory]
    [MemberData(nameof(More))]
    public void Decide_ApproveMore_Invalid(GrantTerms terms)
    {
        var asked = Ok(Ask(Known, terms: Terms(Topics, GrantWhen.DuringMyConversations, until: Now.AddDays(3)))).State;

        Assert.Equal("terms", Refused(Decide(asked, terms: terms)).Field);
    }

    [Fact]
    public void Decide_Decline_NothingIsGivenAndItIsOnRecord()
    {
        var step = Ok(Decide(Ok(Ask(Known)).State, isApproved: false));

        Assert.Equal((ConsentChangeKind.RequestDeclined, Acme), (step.Change!.Kind, step.Change.Tenant));
        Assert.Null(step.Grant);
        Assert.Empty(step.State.Requests);
    }

    [Fact]
    public void Decide_ApproveNotOfAge_RefusedButDecliningIsNot()
    {
        var asked = Ok(Ask(Known)).State with { Preferences = Preferences.Off };

        Assert.Equal(RefusalReason.NotOfAge, Refused(Decide(asked)).Reason);
        Assert.True(Decide(asked, isApproved: false).IsOk);
    }

    private static Outcome<ConsentStep> Ask(ConsentState state, string request = "t1", TenantId? tenant = null, GrantTerms? terms = null) =>
        ConsentRules.RequestConsent(state, Customer, new RequestConsent(request, Agent(tenant), terms ?? Terms(when: GrantWhen.DuringMyConversations)), Now);

    private static Outcome<ConsentStep> Decide(
        ConsentState state, bool isApproved = true, GrantTerms? terms = null, string request = "d1", DateTimeOffset? at = null) =>
        ConsentRules.DecideConsent(
            state, Customer, new DecideConsent(request, WaitingRequest.IdFor(Customer, "acme\nt1"), isApproved, terms), at ?? Now, at ?? Now);
}
