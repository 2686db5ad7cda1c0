using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;
using CustomerContext.Domain.Signals;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Joins;

public sealed class EnrolRulesTests
{
    private static readonly LinkedIdentifier Address = new("k.joined", IdentifierFormat.Email, Verification.LinkFollowed, Acme, Now);
    private static readonly GrantTerms ThisCall = Ok(EnrolRules.Asked(Asking(null), Acme, Now));
    private static readonly GrantTerms WhenWeTalk = Ok(EnrolRules.Asked(Asking("when-we-talk"), Acme, Now));

    [Fact]
    public void Enrol_Nobody_EverythingComesToBeInOneStep()
    {
        var step = Ok(EnrolRules.Enrol(ConsentState.None, Customer, Command(), Now));

        Assert.Equal(1, step.State.Epoch);
        Assert.True(step.State.Preferences.OfAge);
        Assert.Equal("Ada", step.State.Preferences.CallMe);
        Assert.True(step.State.Collects(AcmeCrm, Now));
        Assert.True(step.State.Collects(SourceId.Customer, Now));
        Assert.Equal(Address, Assert.Single(step.State.Identifiers));
        Assert.Equal("router", Assert.Single(step.State.Due!.Answers.Topics));
        Assert.True(Assert.Single(step.State.Calls).TakesPart);
        Assert.Equal(ConsentChangeKind.Enrolled, step.Change!.Kind);
        Assert.NotNull(step.Change.Preferences);
        Assert.Equal((GrantWhen.ThisCallOnly, "call-1", Now + Limits.Calls.Longest), (step.Grant!.When, step.Grant.Interaction, step.Grant.Until));
    }

    [Fact]
    public void Enrol_Repeated_ChangesNothingAndGivesTheGrantAndOtherContentIsAReuse()
    {
        var first = Ok(EnrolRules.Enrol(ConsentState.None, Customer, Command(), Now));
        var again = Ok(EnrolRules.Enrol(first.State, Customer, Command() with { Proved = [] }, Now.AddMinutes(1)));

        Assert.Null(again.Change);
        Assert.Equal(first.Grant, again.Grant);
        Assert.Equal(RefusalReason.RequestIdReused, Refused(EnrolRules.Enrol(first.State, Customer, Command() with { CallMe = "Eve" }, Now)).Reason);
    }

    [Fact]
    public void Enrol_RepeatedInTheInteractionAsItGoesOn_IsTheSameYes()
    {
        var first = Ok(EnrolRules.Enrol(ConsentState.None, Customer, Command(), Now));
        var longer = Ok(CallChanges.Continue(first.State, "call-1", Agent(interaction: "call-2"), Now)).State;
        var again = Ok(EnrolRules.Enrol(longer, Customer, Command() with { By = Agent(interaction: "call-2"), BegunAt = Now.AddSeconds(1) }, Now));

        Assert.Null(again.Change);
        Assert.Equal(first.Grant, again.Grant);
    }

    [Fact]
    public void Enrol_ThenTheCallEnds_NothingIsLeftOfItButTheRecordOfTheCustomer()
    {
        var enrolled = Ok(EnrolRules.Enrol(ConsentState.None, Customer, Command(), Now)).State;
        var ended = CallChanges.End(enrolled, Agent(), Now.AddMinutes(9)).State;

        Assert.True(ended.Grants[0].HasEnded(Now.AddMinutes(9)));
        Assert.False(ended.Collects(AcmeCrm, Now.AddMinutes(9)));
        Assert.Equal(0, ended.Preferences.Collect.Count);
    }

    [Fact]
    public void Enrol_KeptForLater_StaysAfterTheCall()
    {
        var enrolled = Ok(EnrolRules.Enrol(ConsentState.None, Customer, Command() with { KeepsForLater = true }, Now)).State;

        Assert.True(CallChanges.End(enrolled, Agent(), Now.AddMinutes(9)).State.Collects(AcmeCrm, Now.AddDays(1)));
    }

    [Fact]
    public void Enrol_WhoCollectsAlready_LosesNothingWithTheCall()
    {
        var state = OfAge with { Epoch = 1, Preferences = OfAge.Preferences with { Collect = SourceScope.OwnOf(Acme) } };
        var ended = CallChanges.End(Ok(EnrolRules.Enrol(state, Customer, Command(), Now)).State, Agent(), Now.AddMinutes(9)).State;

        Assert.True(ended.Collects(AcmeCrm, Now.AddDays(1)));
        Assert.False(ended.Collects(SourceId.Customer, Now.AddDays(1)));
    }

    [Fact]
    public void Enrol_InTwoCallsOfTwoCompanies_TheEndOfOneLeavesWhatTheOtherCollects()
    {
        var one = Ok(EnrolRules.Enrol(ConsentState.None, Customer, Command(), Now)).State;
        var both = Ok(EnrolRules.Enrol(one, Customer, Command() with { RequestId = "e2", By = Agent(Globex, "call-2"), BegunAt = Now.AddHours(1) }, Now.AddHours(1))).State;
        var ended = CallChanges.End(both, Agent(), Now.AddHours(2)).State;

        Assert.False(ended.Collects(AcmeCrm, Now.AddHours(2)));
        Assert.True(ended.Collects(GlobexShop, Now.AddHours(2)));
        Assert.True(ended.Collects(SourceId.Customer, Now.AddHours(2)));
        Assert.True(both.Collects(SourceId.Customer, Now + Limits.Calls.Longest));
        Assert.Equal(0, CallChanges.End(ended, Agent(Globex, "call-2"), Now.AddHours(2)).State.Preferences.Collect.Count);
    }

    [Fact]
    public void Enrol_AfterOfAgeWasTakenBack_EarlierYesesDoNotRevive()
    {
        var state = OfAge.With(Terms()).State with
        {
            Epoch = 3,
            Preferences = Preferences.Off with { Collect = SourceScope.OwnOf(Globex), Publish = true, Contribute = [Support], LeaveMeAlone = true },
        };
        var enrolled = Ok(EnrolRules.Enrol(state, Customer, Command(), Now)).State;
        var preferences = enrolled.Preferences;

        Assert.Equal(GrantId.For(Customer, "e1"), Assert.Single(enrolled.Grants, grant => !grant.HasEnded(Now)).Id);
        Assert.False(preferences.Collect.Covers(SourceScope.OwnOf(Globex)));
        Assert.False(preferences.Publish);
        Assert.Empty(preferences.Contribute);
        Assert.True(preferences.LeaveMeAlone);
    }

    [Fact]
    public void Enrol_InAnInteractionThatEnded_Refused()
    {
        var over = CallChanges.End(OfAge with { Epoch = 1 }, Agent(), Now).State;

        Assert.Equal(RefusalReason.InteractionOver, Refused(EnrolRules.Enrol(over, Customer, Command(), Now)).Reason);
        Assert.Equal(RefusalReason.InteractionOver, Refused(EnrolRules.Enrol(OfAge, Customer, Command(), Now + Limits.Calls.Longest)).Reason);
    }

    [Fact]
    public void Enrol_Paused_Refused() =>
        Assert.Equal(RefusalReason.ConsentRequired, Refused(EnrolRules.Enrol(OfAge with { PausedAt = Now }, Customer, Command(), Now)).Reason);

    [Fact]
    public void EnrolAsPartner_AnyCustomer_TheGrantAndNothingElse()
    {
        var step = Ok(EnrolRules.EnrolAsPartner(OfAge with { Epoch = 4 }, Customer, Command(), Now));

        Assert.Equal(ConsentChangeKind.GrantCreated, step.Change!.Kind);
        Assert.Equal(0, step.State.Preferences.Collect.Count);
        Assert.Null(step.State.Due);
        Assert.NotEmpty(step.State.Calls);
    }

    [Theory]
    [InlineData("this-call", true, new[] { "this-call" })]
    [InlineData("this-call", false, new[] { "this-call" })]
    [InlineData("when-we-talk", true, new[] { "when-we-talk", "this-call" })]
    [InlineData("when-we-talk", false, new[] { "this-call" })]
    public void Presets_ByWhatWasAskedAndWhoAnswers_AskedFirst(string asked, bool hasSignIn, string[] expected) =>
        Assert.Equal(expected, EnrolRules.Presets(asked == "this-call" ? ThisCall : WhenWeTalk, hasSignIn));

    [Fact]
    public void TermsOf_TheNarrowerPreset_InThisCallOnlyAndNothingMore()
    {
        var terms = Ok(EnrolRules.TermsOf(WhenWeTalk, "", showWhere: true, hasSignIn: true));

        Assert.Equal((GrantWhen.ThisCallOnly, null, "this-call", true), (terms.When!.Value, terms.Until, terms.Preset, terms.ShowWhere));
        Assert.Equal((WhenWeTalk.Purposes, WhenWeTalk.Facets, WhenWeTalk.Sources), (terms.Purposes, terms.Facets, terms.Sources));
        Assert.Equal("preset", Refused(EnrolRules.TermsOf(ThisCall, "when-we-talk", false, true)).Field);
        Assert.Equal("preset", Refused(EnrolRules.TermsOf(WhenWeTalk, "when-we-talk", false, hasSignIn: false)).Field);
        Assert.Equal(WhenWeTalk, Ok(EnrolRules.TermsOf(WhenWeTalk, "when-we-talk", false, true)));
    }

    [Fact]
    public void Asked_WithAnotherWhen_IsThePresetOfThatWhenAndThisCallStaysThisCall()
    {
        var wider = Asking(null) with { When = GrantWhen.DuringMyConversations };
        var asked = Ok(EnrolRules.Asked(wider, Acme, Now));

        Assert.Equal("when-we-talk", asked.Preset);
        Assert.Equal(GrantWhen.ThisCallOnly, Ok(EnrolRules.TermsOf(asked, "this-call", false, hasSignIn: false)).When);
        Assert.Equal(GrantWhen.ThisCallOnly, Ok(EnrolRules.TermsOf(asked, "this-call", false, hasSignIn: true)).When);
        Assert.Equal("terms.when", Refused(EnrolRules.Asked(wider with { Preset = "this-call" }, Acme, Now)).Field);
    }

    [Fact]
    public void Signals_OfTheSameAnswers_TheSameAndWellFormed()
    {
        var due = new DueAnswers("00ff", Now, new JoinAnswers(["router"], "working_router", ["call_before_noon", "upsell"]));
        var signals = EnrolRules.Signals(due);

        Assert.Equal(4, signals.Length);
        Assert.Equal(4, signals.Select(signal => signal.Id).Distinct().Count());
        Assert.All(signals, signal => Assert.Equal(SourceId.Customer, signal.Source));
        Assert.All(signals, signal => Assert.Null(SignalRules.Check(signal, Now)));
        Assert.Equal(signals.Select(signal => signal.Id), EnrolRules.Signals(due).Select(signal => signal.Id));
        Assert.Empty(EnrolRules.Signals(due with { Answers = JoinAnswers.None }));
    }

    private static GrantTerms Asking(string? preset) => new([Support], FacetSet.None, SourceScope.None, null, null, null, Preset: preset);

    private static Enrol Command() =>
        new("e1", "00ff", Agent(), Now, ThisCall, KeepsForLater: false, "Ada", [Address], new JoinAnswers(["router"], "refund", ImmutableArray<string>.Empty));
}
