using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class ReadRulesTests
{
    private static readonly FacetSet Mood = FacetSet.Of(Facet.Sentiment);
    private static readonly FacetSet Attention = FacetSet.Of(Facet.Attention);
    private static readonly FacetSet Topics = FacetSet.Of(Facet.TopOfMind);

    [Fact]
    public void Decide_GrantForAllFacets_OneSliceOfOwnSourcesFromItsStart()
    {
        var (state, grant) = OfAge.With(Terms());

        var decision = Ok(ReadRules.Decide(state, Read(), null, Now));

        var slice = Assert.Single(decision.Slices);
        Assert.Equal(FacetSet.All, slice.Facets);
        Assert.Equal([grant.Id], slice.Grants.ToArray());
        Assert.Equal(Now, slice.View.Since(AcmeCrm));
        Assert.Null(slice.View.Since(GlobexShop));
        Assert.Null(slice.View.Since(SourceId.Customer));
        Assert.Empty(decision.Withheld);
        Assert.Equal(grant.Until, decision.ValidUntil);
    }

    [Fact]
    public void Decide_NothingGranted_ConsentRequiredAsForAnUnknownPerson()
    {
        var unknown = Refused(ReadRules.Decide(ConsentState.None, Read(), null, Now));
        var ungranted = Refused(ReadRules.Decide(OfAge.With(Terms(), tenant: Globex).State, Read(), null, Now));

        Assert.Equal(new Refusal(RefusalReason.ConsentRequired), unknown);
        Assert.Equal(unknown, ungranted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_FacetsClosedToThePurpose_CallerNotAllowedWhateverIsGranted(bool granted)
    {
        var state = granted ? OfAge.With(Terms(purposes: [Support, Offer])).State : ConsentState.None;

        Assert.Equal(new Refusal(RefusalReason.CallerNotAllowed), Refused(ReadRules.Decide(state, Read(Mood, Offer), Talking, Now)));
        Assert.Equal(new Refusal(RefusalReason.CallerNotAllowed), Refused(ReadRules.Decide(state, Read(Topics, new Purpose("pricing.offer")), Talking, Now)));
    }

    [Fact]
    public void Decide_SomeFacetsClosedToThePurpose_WithheldWithTheReason()
    {
        var (state, _) = OfAge.With(Terms(purposes: [Support, Offer]));

        var decision = Ok(ReadRules.Decide(state, Read(Mood.Union(Topics), Offer), null, Now));

        Assert.Equal(Topics, decision.Facets);
        Assert.Equal([new WithheldFacet(Facet.Sentiment, WithheldReason.NotForThisPurpose)], decision.Withheld.ToArray());
    }

    [Fact]
    public void Decide_FacetNotGranted_Withheld()
    {
        var decision = Ok(ReadRules.Decide(OfAge.With(Terms(Topics)).State, Read(Topics.Union(Mood)), null, Now));

        Assert.Equal([new WithheldFacet(Facet.Sentiment, WithheldReason.NotGranted)], decision.Withheld.ToArray());
    }

    [Fact]
    public void Decide_DuringMyConversations_OnlyWhileOneIsOpen()
    {
        var (state, _) = OfAge.With(Terms(Mood, GrantWhen.DuringMyConversations)).State.With(Terms(Topics), "r2");
        var request = Read(Mood.Union(Topics));

        Assert.Equal(Mood.Union(Topics), Ok(ReadRules.Decide(state, request, Talking, Now)).Facets);
        var outside = Ok(ReadRules.Decide(state, request, null, Now));
        Assert.Equal(Topics, outside.Facets);
        Assert.Equal([new WithheldFacet(Facet.Sentiment, WithheldReason.NoOpenConversation)], outside.Withheld.ToArray());
    }

    [Fact]
    public void Decide_OnlyAQuestionOfTheCustomersWaits_OpensAttentionAloneUntilThen()
    {
        var (state, grant) = OfAge.With(Terms(Mood.Union(Attention), GrantWhen.DuringMyConversations));
        var asked = new TalkTimes(null, Question(Now.AddDays(9)));

        var decision = Ok(ReadRules.Decide(state, Read(Mood.Union(Attention)), asked, Now));

        Assert.Equal(Attention, decision.Facets);
        Assert.Equal([new WithheldFacet(Facet.Sentiment, WithheldReason.NoOpenConversation)], decision.Withheld.ToArray());
        Assert.Equal(Now.AddDays(9), decision.ValidUntil);
        Assert.Equal(Attention, Ok(ReadRules.Decide(state, Read(Mood.Union(Attention)), asked, Now.AddDays(9).AddTicks(-1))).Facets);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Read(Mood.Union(Attention)), asked, Now.AddDays(9))).Reason);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Read(Mood), asked, Now)).Reason);
        Assert.Equal([grant.Id], decision.Grants.ToArray());
    }

    [Fact]
    public void Decide_GrantsAtAnyTimeAndDuringConversations_SaysWhatOpenedWhichFacets()
    {
        var (state, _) = OfAge.With(Terms(Mood.Union(Attention), GrantWhen.DuringMyConversations)).State.With(Terms(Topics), "r2");
        var request = Read(Mood.Union(Topics).Union(Attention));

        var decision = Ok(ReadRules.Decide(state, request, new TalkTimes(Chat(Now.AddHours(1)), Question(Now.AddDays(9))), Now));

        Assert.Equal([new Opening(Mood, Chat(Now).By), new Opening(Attention, Question(Now).By)], decision.Openings.ToArray());
        Assert.Empty(Ok(ReadRules.Decide(state, request, null, Now)).Openings);
        Assert.Equal([new Opening(Attention, Question(Now).By)], Ok(UnreachableRules.Without(decision, Mood)).Openings.ToArray());
    }

    [Fact]
    public void Both_OfTwoLogins_EachNamesItsOwnConversationAndNotTheOthers()
    {
        var (mine, _) = OfAge.With(Terms(Mood));
        var (theirs, _) = OfAge.With(Terms(Mood, GrantWhen.DuringMyConversations));
        var talk = new TalkTimes(Chat(Now.AddHours(1)));
        var own = ReadRules.Decide(mine, Read(Mood), TalkTimes.None.Or(talk.Unnamed()), Now);
        var other = ReadRules.Decide(theirs, Read(Mood), talk, Now);

        Assert.Equal([new Opening(Mood, new Opener(OpenerKind.Conversation))], Ok(MergeRules.Both(own, other)).Openings.ToArray());
        Assert.Equal([new Opening(Mood, Chat(Now).By)], Ok(MergeRules.Both(other, own)).Openings.ToArray());
    }

    [Fact]
    public void EndOf_TheConversationIsOverAndTheQuestionWaits_ExpiredAndNotNarrowed()
    {
        var (state, grant) = OfAge.With(Terms(Mood.Union(Attention), GrantWhen.DuringMyConversations));
        var read = Read(Mood.Union(Attention));
        var talk = new TalkTimes(Chat(Now.AddHours(1)), Question(Now.AddDays(9)));
        var before = Ok(ReadRules.Decide(state, read, talk, Now));
        Assert.Equal(Now.AddHours(1), before.ValidUntil);

        Assert.Equal(WatchEnd.Expired, WatchRules.EndOf(read, before, ReadRules.Decide(state, read, talk, Now.AddHours(1)), state, Now.AddHours(1)));

        var narrowed = Ok(ConsentRules.UpdateGrant(state, new UpdateGrant("u", grant.Id, Terms(Attention, GrantWhen.DuringMyConversations)), Now)).State;
        Assert.Equal(WatchEnd.Narrowed, WatchRules.EndOf(read, before, ReadRules.Decide(narrowed, read, talk, Now), narrowed, Now));
    }

    [Fact]
    public void Decide_AtTheEdgesOfItsTime_FromIsInAndUntilIsOut()
    {
        var (state, grant) = OfAge.With(Terms(from: Now.AddDays(1), until: Now.AddDays(2)));

        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Read(), Talking, grant.From.AddTicks(-1))).Reason);
        Assert.Equal(grant.Until, Ok(ReadRules.Decide(state, Read(), Talking, grant.From)).ValidUntil);
        Assert.Single(Ok(ReadRules.Decide(state, Read(), Talking, grant.Until.AddTicks(-1))).Slices);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Read(), Talking, grant.Until)).Reason);
    }

    [Fact]
    public void Decide_AnotherGrantBeginsLater_ValidUntilThen()
    {
        var (state, _) = OfAge.With(Terms(Topics)).State.With(Terms(Mood, from: Now.AddHours(5)), "r2");

        Assert.Equal(Now.AddHours(5), Ok(ReadRules.Decide(state, Read(), null, Now)).ValidUntil);
    }

    [Fact]
    public void Decide_SeveralGrants_EachFacetSeesExactlyWhatItsGrantsOpen()
    {
        var first = OfAge.With(Terms(Mood.Union(Topics)), "r1", Now);
        var second = first.State.With(Terms(Topics, sources: [GlobexShop], includeEarlier: true), "r2", Now.AddDays(1));

        var decision = Ok(ReadRules.Decide(second.State, Read(Mood.Union(Topics)), null, Now.AddDays(2)));

        var mood = decision.Slices.Single(slice => slice.Facets == Mood);
        Assert.Null(mood.View.Since(GlobexShop));
        Assert.Equal([first.Grant.Id], mood.Grants.ToArray());
        var topics = decision.Slices.Single(slice => slice.Facets == Topics);
        Assert.Equal(Now, topics.View.Since(AcmeCrm));
        Assert.Equal(DateTimeOffset.MinValue, topics.View.Since(GlobexShop));
        Assert.Equal([first.Grant.Id, second.Grant.Id], topics.Grants.ToArray());
    }

    [Fact]
    public void Decide_ThisCallOnly_AnyNumberOfLooksInItsInteractionAndNoOther()
    {
        var (state, grant) = OfAge.With(Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1"));
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Read(interaction: "call-2"), Talking, Now)).Reason);

        var decision = Ok(ReadRules.Decide(state, Read(), null, Now));
        var looked = CallRules.Touch(state, Read(), "a9", decision, Now);
        Assert.Equal((state.Epoch + 1, Now), (looked.Epoch, looked.Find(grant.Id)!.UsedAt));

        var last = grant.Until.AddTicks(-1);
        Assert.Equal([grant.Id], Ok(ReadRules.Decide(looked, Read(), null, last)).Grants.ToArray());
        Assert.Equal(grant.Until, Ok(ReadRules.Decide(looked, Read(), null, last)).ValidUntil);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(looked, Read(), null, grant.Until)).Reason);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(looked, Read(interaction: "call-2"), Talking, Now)).Reason);
    }

    [Fact]
    public void Decide_ThisCallOnlyWithoutInteraction_BoundToTheFirstThatLooks()
    {
        var (state, grant) = OfAge.With(Terms(when: GrantWhen.ThisCallOnly));
        var looked = CallRules.Touch(state, Read(), "a9", Ok(ReadRules.Decide(state, Read(), null, Now)), Now);

        Assert.Equal("call-1", looked.Find(grant.Id)!.Interaction);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(looked, Read(interaction: "call-2"), null, Now)).Reason);
        Assert.Same(looked, CallRules.Touch(looked, Read(), "a9", Ok(ReadRules.Decide(looked, Read(), null, Now)), Now));
    }

    [Fact]
    public void Decide_ThisCallOnlyBeforeItsInteractionWasAsked_ConsentRequired()
    {
        var (state, _) = OfAge.With(Terms(when: GrantWhen.ThisCallOnly));

        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Read() with { MayBegin = false }, null, Now)).Reason);
        Assert.True(CallRules.MustBegin(state, Read(), Now));
    }

    [Fact]
    public void Decide_ThisCallOnlyUnused_LapsesAfterAnHour()
    {
        var (state, grant) = OfAge.With(Terms(when: GrantWhen.ThisCallOnly));
        var end = Now + Limits.Calls.Unused;

        Assert.True(ReadRules.Decide(state, Read(), null, end.AddTicks(-1)).IsOk);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Read(), null, end)).Reason);
        Assert.True(grant.HasEnded(end));
    }

    [Fact]
    public void Decide_ThisCallOnlyAddsNothing_IsNotBound()
    {
        var (state, single) = OfAge.With(Terms(when: GrantWhen.ThisCallOnly, from: Now));
        var (both, lasting) = state.With(Terms(Mood), "r2");

        var decision = Ok(ReadRules.Decide(both, Read(Mood), null, Now));
        Assert.Equal([lasting.Id], decision.Grants.ToArray());
        Assert.Same(both, CallRules.Touch(both, Read(Mood), "a9", decision, Now));
        Assert.Contains(single.Id, Ok(ReadRules.Decide(both, Read(Mood.Union(Topics)), null, Now)).Grants);
    }

    [Fact]
    public void Decide_RevokedWhileItsCallIsOpen_ConsentRequired()
    {
        var (state, grant) = OfAge.With(Terms(when: GrantWhen.ThisCallOnly));
        var looked = CallRules.Touch(state, Read(), "a9", Ok(ReadRules.Decide(state, Read(), null, Now)), Now);
        var revoked = Ok(ConsentRules.RevokeGrant(looked, new RevokeGrant("r2", grant.Id), Now)).State;

        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(revoked, Read(), Talking, Now)).Reason);
    }

    [Fact]
    public void Decide_PausedOrNotOfAge_ConsentRequired()
    {
        var (state, _) = OfAge.With(Terms());

        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state with { PausedAt = Now }, Read(), Talking, Now)).Reason);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state with { Preferences = Preferences.Off }, Read(), Talking, Now)).Reason);
    }

    [Fact]
    public void Decide_LeaveMeAlone_StopsOutreachAndNothingElse()
    {
        var outreach = new Purpose("service.outreach");
        var (state, _) = OfAge.With(Terms(purposes: [Support, outreach]));
        var alone = state with { Preferences = state.Preferences with { LeaveMeAlone = true } };

        Assert.True(ReadRules.Decide(state, Read(purpose: outreach), null, Now).IsOk);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(alone, Read(purpose: outreach), null, Now)).Reason);
        Assert.True(ReadRules.Decide(alone, Read(), null, Now).IsOk);
    }

    [Fact]
    public void Decide_RequestWithoutFacetsOrAPersonsInteraction_InvalidArgument()
    {
        var (state, _) = OfAge.With(Terms());

        Assert.Equal("facets", Refused(ReadRules.Decide(state, Read(FacetSet.None), Talking, Now)).Field);
        Assert.Equal("interaction", Refused(ReadRules.Decide(state, Read(interaction: null), Talking, Now)).Field);
        Assert.True(ReadRules.Decide(state, Read(interaction: null, role: ActorRole.Service), Talking, Now).IsOk);
    }
}
