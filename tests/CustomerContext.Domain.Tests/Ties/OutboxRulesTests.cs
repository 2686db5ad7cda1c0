using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Ties;

/// <summary>What is due to be told, and that every message has a number of its own.</summary>
public sealed class OutboxRulesTests
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

        Assert.Equal(["service.complaint", Support], state.Outbox.Placements.Select(placement => placement.Audience.Value));
        Assert.All(state.Outbox.Placements, placement => Assert.True(placement.IsPending));
        Assert.NotNull(state.Outbox.Sent);
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

        Assert.All(after.Outbox.Placements, placement => Assert.True(placement.Due > before.Outbox.Placements[0].Due));
        Assert.Equal(20, after.Outbox.Sent!.Voice.Score);
    }

    [Fact]
    public void Decide_Withdrawn_PlacesLeaveWithAHigherEpoch()
    {
        var before = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);
        var after = Decide(before, [], epoch: 2);

        var placement = Assert.Single(after.Outbox.Placements);
        Assert.True(placement is { IsLeaving: true, IsPending: true });
        Assert.True(placement.Due > before.Outbox.Placements[0].Due);
        Assert.Null(after.Outbox.Sent);
    }

    [Fact]
    public void Decide_LeftAndJoinedAgain_ComesBackAboveTheRemoval()
    {
        var joined = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);
        var left = Decide(Given.Take(joined, Given.Joined("e-bikers", 1, TieChange.Ended)).Value!, [Support]);
        var again = Decide(Given.Take(left, Given.Joined("e-bikers", 2)).Value!, [Support]);

        var placement = Assert.Single(again.Outbox.Placements);
        Assert.False(placement.IsLeaving);
        Assert.True(placement.Due > left.Outbox.Placements[0].Due);
    }

    [Fact]
    public void Told_PlaceThatWasLeft_IsGone()
    {
        var joined = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);
        var left = Decide(Given.Take(joined, Given.Joined("e-bikers", 1, TieChange.Ended)).Value!, [Support]);

        var told = OutboxRules.Acknowledged(left, left.Outbox.Placements[0], 0, left.Outbox.Placements[0].Due);

        Assert.Empty(told.Outbox.Placements);
    }

    [Fact]
    public void Told_OlderThanWhatIsDue_StaysPending()
    {
        var first = Decide(Given.After(Given.Joined("e-bikers", 0)), [Support]);
        var second = Decide(first, [Support], score: 20);

        var told = OutboxRules.Acknowledged(second, first.Outbox.Placements[0], 3, first.Outbox.Placements[0].Due);

        Assert.True(Assert.Single(told.Outbox.Placements) is { IsPending: true, Shard: 3 });
    }

    private static TiesState Decide(TiesState state, string[] contribute, int? score = 5, long epoch = 1) => OutboxRules.Decide(
        state, Given.Consent(epoch, contribute), () => new Voice(score, null, 0, Stratum.Silent, long.MaxValue, [], long.MaxValue), Given.Now);
}
