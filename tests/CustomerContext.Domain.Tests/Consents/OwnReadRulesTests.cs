using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>What customers see of themselves.</summary>
public sealed class OwnReadRulesTests
{
    [Fact]
    public void Decide_OwnWithoutGrantAgeOrPause_Everything()
    {
        var paused = Ok(ConsentRules.PauseAll(OfAge, new PauseAll("r", true), Now)).State;

        foreach (var state in (ConsentState[])[ConsentState.None, OfAge, paused])
        {
            var decision = Ok(ReadRules.Decide(state, Own(FacetSet.All), null, Now));
            Assert.Equal(FacetSet.All, decision.Facets);
            Assert.Empty(decision.Grants);
            Assert.Empty(decision.Withheld);
            Assert.Equal(DateTimeOffset.MaxValue, decision.ValidUntil);
            Assert.Equal(ContextView.Whole(state.Preferences.Collect), Assert.Single(decision.Slices).View);
        }
    }

    [Fact]
    public void Decide_OwnForAPurpose_NoMoreThanAnyAgentCouldSee()
    {
        var decision = Ok(ReadRules.Decide(OfAge, Own(FacetSet.All, Offer), null, Now));

        Assert.Equal(PurposeTable.Find(Offer)!.Facets, decision.Facets);
        Assert.All(decision.Withheld, withheld => Assert.Equal(WithheldReason.NotForThisPurpose, withheld.Reason));
        Assert.Equal(RefusalReason.CallerNotAllowed, Refused(ReadRules.Decide(OfAge, Own(FacetSet.All, new Purpose("no.such")), null, Now)).Reason);
    }

    [Fact]
    public void EndOf_OwnWatch_NeverWhateverChanges()
    {
        var before = Ok(ReadRules.Decide(OfAge, Own(FacetSet.All), null, Now));
        var after = ReadRules.Decide(ConsentState.None, Own(FacetSet.All), null, Now);

        Assert.Null(WatchRules.EndOf(Own(FacetSet.All), before, after, ConsentState.None, Now));
    }

    [Fact]
    public void Told_RefusalFromWhatIsKept_OnlyThoseWhoKnowAnyway()
    {
        var late = new Refusal(RefusalReason.TooLate);
        var granted = OfAge.With(Terms()).State;

        Assert.Equal(late, DoorRules.Told(late, granted, AcmeCrm, Now));
        Assert.Equal(late, DoorRules.Told(late, OfAge, SourceId.Customer, Now));
        Assert.Equal(RefusalReason.Untold, DoorRules.Told(late, OfAge, AcmeCrm, Now)!.Reason);
        Assert.Equal(RefusalReason.Untold, DoorRules.Told(late, granted, GlobexShop, Now)!.Reason);
        Assert.Null(DoorRules.Told(null, OfAge, AcmeCrm, Now));
    }

    private static ReadRequest Own(FacetSet facets, Purpose? purpose = null) => new(null, ActorRole.Customer, purpose, facets, null);
}
