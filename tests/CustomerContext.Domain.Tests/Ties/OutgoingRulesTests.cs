using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Ties;

/// <summary>What is due to be told, and that every message has a number of its own.</summary>
public sealed class OutgoingRulesTests
{
    private const string Support = "service.support";

    [Fact]
    public void Decide_WithoutContribute_NothingIsDue()
    {
        var state = Given.After(Given.Joined("e-bikers", 0));

        Assert.Same(state, Decide(state, []));
    }

    [Fact]
    public void Decide_JoinedAndContributes_OnePlaceForEachAudience()
    {
        var state = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support, "service.complaint"]);

        Assert.Equal(["service.complaint", Support], state.Outgoing.Places.Select(place => place.Audience.Value));
        Assert.All(state.Outgoing.Places, place => Assert.True(place.IsPending));
        Assert.NotNull(state.Outgoing.Sent);
    }

    [Fact]
    public void Decide_NothingNew_SameState()
    {
        var state = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);

        Assert.Same(state, Decide(state, [Support]));
    }

    [Fact]
    public void Decide_ScoreMoved_EveryPlaceGetsAHigherNumber()
    {
        var before = Decide(Given.After(Given.Joined("e-bikers", 0), Given.Joined("gardeners", 0)), [Support]);
        var after = Decide(before, [Support], score: 20);

        Assert.All(after.Outgoing.Places, place => Assert.True(place.Due > before.Outgoing.Places[0].Due));
        Assert.Equal(20, after.Outgoing.Sent!.Voice.Score);
    }

    [Fact]
    public void Decide_Withdrawn_PlacesLeaveWithAHigherEpoch()
    {
        var before = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);
        var after = Decide(before, [], epoch: 2);

        var place = Assert.Single(after.Outgoing.Places);
        Assert.True(place is { IsLeaving: true, IsPending: true });
        Assert.True(place.Due > before.Outgoing.Places[0].Due);
        Assert.Null(after.Outgoing.Sent);
    }

    [Fact]
    public void Decide_LeftAndJoinedAgain_ComesBackAboveTheRemoval()
    {
        var joined = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);
        var left = Decide(Given.Take(joined, Given.Joined("e-bikers", 1, TieChange.Ended)).Value!, [Support]);
        var again = Decide(Given.Take(left, Given.Joined("e-bikers", 2)).Value!, [Support]);

        var place = Assert.Single(again.Outgoing.Places);
        Assert.False(place.IsLeaving);
        Assert.True(place.Due > left.Outgoing.Places[0].Due);
    }

    [Fact]
    public void Told_PlaceThatWasLeft_IsGone()
    {
        var joined = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);
        var left = Decide(Given.Take(joined, Given.Joined("e-bikers", 1, TieChange.Ended)).Value!, [Support]);

        var told = OutgoingRules.Told(left, left.Outgoing.Places[0], 0, left.Outgoing.Places[0].Due);

        Assert.Empty(told.Outgoing.Places);
    }

    [Fact]
    public void Told_OlderThanWhatIsDue_StaysPending()
    {
        var first = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);
        var second = Decide(first, [Support], score: 20);

        var told = OutgoingRules.Told(second, first.Outgoing.Places[0], 3, first.Outgoing.Places[0].Due);

        Assert.True(Assert.Single(told.Outgoing.Places) is { IsPending: true, Shard: 3 });
    }

    private static TiesState Decide(TiesState state, string[] contribute, int? score = 5, long epoch = 1) => OutgoingRules.Decide(
        state, Given.Consent(epoch, contribute), () => new Voice(score, null, 0, Stratum.Silent, long.MaxValue, [], long.MaxValue), Given.Now);
}
