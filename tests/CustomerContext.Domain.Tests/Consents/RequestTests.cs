using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class RequestTests
{
    private static readonly FacetSet Topics = FacetSet.Of(Facet.TopOfMind);
    private static readonly ConsentState Known = Ok(ConsentRules.PauseAll(OfAge, new PauseAll("p1", true), Now)).State with { PausedAt = null };

    [Fact]
    public void Ask_ACustomer_WaitsAndIsOnRecord()
    {
        var step = Ask(Known);

        var waiting = Assert.Single(ConsentRules.Waiting(step.State, Now));
        Assert.Equal((Acme, "call-1", Now, Now + Limits.Joins.Lifetime), (waiting.Tenant, waiting.Interaction, waiting.CreatedAt, waiting.Until));
        Assert.Equal((ConsentChangeKind.Requested, "a9"), (step.Change!.Kind, step.Change.By!.Actor));
    }

    [Fact]
    public void Ask_NobodyOrLeaveMeAloneOrARepeat_ChangesNothing()
    {
        var alone = Known with { Preferences = Known.Preferences with { LeaveMeAlone = true } };
        var asked = Ask(Known).State;

        Assert.Null(Ask(ConsentState.None).Change);
        Assert.Null(Ask(alone).Change);
        Assert.Null(Ask(asked).Change);
    }

    [Fact]
    public void Ask_TheSameUnderAnotherCode_TakesItsPlace()
    {
        var again = Ask(Ask(Known).State, "another").State;

        Assert.Equal("another", Assert.Single(ConsentRules.Waiting(again, Now)).Id);
    }

    [Fact]
    public void Ask_AfterANo_NotHeardAgainInThatInteraction()
    {
        var declined = Ok(Decide(Ask(Known).State, isApproved: false)).State;

        Assert.Null(Ask(declined).Change);
        Assert.Null(Ask(declined, "another", terms: Terms(Topics, GrantWhen.DuringMyConversations)).Change);
        Assert.NotNull(Ask(declined, "another", interaction: "call-2").Change);
        Assert.NotNull(Ask(declined, "another", tenant: Globex).Change);
        Assert.Equal(RefusalReason.NotFound, Refused(Decide(declined, request: "again")).Reason);
    }

    [Fact]
    public void Ask_BadTerms_RefusedWhoeverIsAsked()
    {
        Assert.Equal("terms.until_time", Refused(EnrolRules.Asked(Terms(when: GrantWhen.ThisCallOnly, until: Now), Acme, Now)).Field);
        Assert.Equal("terms.when", Refused(EnrolRules.Asked(Terms(), Acme, Now)).Field);
        Assert.Equal("terms.preset", Refused(EnrolRules.Asked(Terms() with { Preset = "always" }, Acme, Now)).Field);
    }

    [Fact]
    public void Ask_FiveOfOneTenant_TheOldestLeaves()
    {
        var state = Enumerable.Range(0, 5).Aggregate(Known, (asked, i) => Ask(asked, $"t{i}", interaction: $"call-{i}").State);

        Assert.Equal(Limits.Consents.WaitingRequestsPerTenant, state.Requests.Length);
        Assert.DoesNotContain(state.Requests, request => request.Id == "t0");
    }

    [Fact]
    public void Ask_SixteenAndOneMore_TheLastIsNotAsked()
    {
        var state = Enumerable.Range(0, Limits.Consents.WaitingRequests).Aggregate(Known, (asked, i) => Ask(asked, tenant: new TenantId($"t{i}")).State);

        Assert.Equal(Limits.Consents.WaitingRequests, state.Requests.Length);
        Assert.Null(Ask(state, tenant: new TenantId("t16")).Change);
    }

    [Fact]
    public void Waiting_AtItsEndAndATickBefore_GoneAndThere()
    {
        var state = Ask(Known).State;
        var end = Now + Limits.Joins.Lifetime;

        Assert.Single(ConsentRules.Waiting(state, end.AddTicks(-1)));
        Assert.Empty(ConsentRules.Waiting(state, end));
        Assert.Equal(RefusalReason.NotFound, Refused(Decide(state, at: end)).Reason);
    }

    [Fact]
    public void Decide_Approve_GivesExactlyWhatWasAsked()
    {
        var step = Ok(Decide(Ask(Known, terms: Terms(Topics, GrantWhen.DuringMyConversations, until: Now.AddDays(3))).State, at: Now.AddMinutes(20)));

        Assert.Equal((Acme, Topics, Now.AddMinutes(20), Now.AddDays(3)), (step.Grant!.Tenant, step.Grant.Facets, step.Grant.From, step.Grant.Until));
        Assert.Empty(step.State.Requests);
        Assert.Equal(RefusalReason.NotFound, Refused(Decide(step.State, request: "again")).Reason);
        Assert.Equal(step.Grant, Ok(Decide(step.State, at: Now.AddMinutes(20))).Grant);
    }

    [Fact]
    public void Decide_ApproveLess_GivesLess()
    {
        var asked = Ask(Known, terms: Terms(Topics.Union(FacetSet.Of(Facet.Help)), GrantWhen.DuringMyConversations, until: Now.AddDays(3))).State;
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
        var asked = Ask(Known, terms: Terms(Topics, GrantWhen.DuringMyConversations, until: Now.AddDays(3))).State;

        Assert.Equal("terms", Refused(Decide(asked, terms: terms)).Field);
    }

    [Fact]
    public void Decide_Decline_NothingIsGivenAndItIsOnRecord()
    {
        var step = Ok(Decide(Ask(Known).State, isApproved: false));

        Assert.Equal((ConsentChangeKind.RequestDeclined, Acme), (step.Change!.Kind, step.Change.Tenant));
        Assert.Null(step.Grant);
        Assert.Empty(ConsentRules.Waiting(step.State, Now));
    }

    [Fact]
    public void Decide_ApproveNotOfAge_RefusedButDecliningIsNot()
    {
        var asked = Ask(Known).State with { Preferences = Preferences.Off };

        Assert.Equal(RefusalReason.NotOfAge, Refused(Decide(asked)).Reason);
        Assert.True(Decide(asked, isApproved: false).IsOk);
    }

    private static ConsentStep Ask(ConsentState state, string join = "t1", TenantId? tenant = null, GrantTerms? terms = null, string? interaction = "call-1") =>
        ConsentRules.RequestConsent(
            state,
            new RequestConsent(
                join,
                Agent(tenant, interaction),
                Ok(EnrolRules.Asked(terms ?? Terms(when: GrantWhen.DuringMyConversations), tenant ?? Acme, Now)),
                Now + Limits.Joins.Lifetime),
            Now);

    private static Outcome<ConsentStep> Decide(
        ConsentState state, bool isApproved = true, GrantTerms? terms = null, string request = "d1", DateTimeOffset? at = null) =>
        ConsentRules.DecideConsent(state, Customer, new DecideConsent(request, "t1", isApproved, terms), null, at ?? Now, at ?? Now);
}
