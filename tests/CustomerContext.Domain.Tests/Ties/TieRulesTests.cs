using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Ties;

/// <summary>Friends by confirmation of both, follows, end; a source's claim is a proposal.</summary>
public sealed class TieRulesTests
{
    private static readonly CustomerKey Friend = Given.Person(1);

    [Fact]
    public void Take_MyYesAlone_IsNoFriendship()
    {
        var tie = TieRules.Find(Given.After(Given.Said(Friend, 0)), Friend, TieKind.Friend)!;

        Assert.False(tie.IsHeld);
        Assert.Null(tie.ProposedBy);
    }

    [Fact]
    public void Hear_TheirYesAfterMine_IsFriendshipSinceTheLaterYes()
    {
        var state = TieRules.ReceiveStatement(Given.After(Given.Said(Friend, 0)), Friend, Given.Statement(5));

        var tie = TieRules.Find(state, Friend, TieKind.Friend)!;
        Assert.True(tie.IsHeld);
        Assert.Null(tie.ProposedBy);
        Assert.Equal(Given.Now.AddMinutes(5).ToUnixTimeSeconds(), tie.HeldSince);
    }

    [Fact]
    public void Hear_TheirEndAndNewYesAtOnce_ListedAnew()
    {
        var friends = TieRules.ReceiveStatement(Given.After(Given.Said(Friend, 0)), Friend, Given.Statement(5));
        var listed = TieRules.Acknowledged(
            TieRules.Listed(friends, Friend, TieKind.Friend, TieRules.Find(friends, Friend, TieKind.Friend)!.HeldAs), Friend, TieKind.Friend, Given.Statement(0));
        var again = TiesRules.Take(listed, Given.Me, Given.Said(Friend, 8), Given.Secret, Given.Now).Value!;
        again = TieRules.ReceiveStatement(again, Friend, Given.Statement(6, TieChange.Ended).Merge(Given.Statement(7)));

        var tie = TieRules.Find(TieRules.Acknowledged(again, Friend, TieKind.Friend, TieRules.Find(again, Friend, TieKind.Friend)!.Mine), Friend, TieKind.Friend)!;
        Assert.True(tie.IsHeld);
        Assert.True(tie.IsPending);
    }

    [Fact]
    public void Hear_TheirYesAlone_IsProposal()
    {
        var state = TieRules.ReceiveStatement(TiesState.Empty, Friend, Given.Statement(5));

        var proposal = Assert.Single(Given.Proposals(state));
        Assert.Equal((TieProposalKind.Friend, Friend, null), (proposal.Kind, proposal.Other!.Value, proposal.Source));
    }

    [Fact]
    public void Take_ClaimOfASource_IsProposalUntilAnswered()
    {
        var claimed = Given.After(Given.Said(Friend, 0, source: "acme/forum"));
        var refused = Given.Take(claimed, Given.Said(Friend, 1, TieChange.Ended)).Value!;

        Assert.Equal("acme/forum", Assert.Single(Given.Proposals(claimed)).Source!.Value.Value);
        Assert.False(TieRules.Find(claimed, Friend, TieKind.Friend)!.IsHeld);
        Assert.Empty(Given.Proposals(refused));
    }

    [Fact]
    public void Take_EndAfterBothYes_EndsForBothUntilBothSayYesAgain()
    {
        var ended = Given.Take(TieRules.ReceiveStatement(Given.After(Given.Said(Friend, 0)), Friend, Given.Statement(1)), Given.Said(Friend, 2, TieChange.Ended)).Value!;
        var mine = Given.Take(ended, Given.Said(Friend, 3)).Value!;
        var both = TieRules.ReceiveStatement(mine, Friend, Given.Statement(4));

        Assert.False(Held(ended));
        Assert.False(Held(mine));
        Assert.True(Held(both));
    }

    [Fact]
    public void Take_Follows_HoldsByMyYesAlone()
    {
        var state = Given.After(Given.Said(Friend, 0, kind: TieKind.Follows));

        Assert.True(TieRules.Find(state, Friend, TieKind.Follows)!.IsHeld);
        Assert.Null(TieRules.Find(state, Friend, TieKind.Friend));
    }

    [Fact]
    public void Take_AnyOrderAndRepeats_SameState()
    {
        Signal[] said =
        [
            Given.Said(Friend, 0), Given.Said(Friend, 1, TieChange.Ended), Given.Said(Friend, 2), Given.Said(Friend, 3, source: "acme/forum"),
            Given.Said(Given.Person(2), 4, kind: TieKind.Follows), Given.Joined("e-bikers", 5), Given.Joined("e-bikers", 6, TieChange.Ended),
        ];

        var forwards = Given.After(said);
        var backwards = Given.After([.. said.Reverse(), .. said]);

        Assert.Equal(forwards.Ties.Select(tie => (tie.Mine, tie.Theirs, tie.IsHeld)), backwards.Ties.Select(tie => (tie.Mine, tie.Theirs, tie.IsHeld)));
        Assert.Equal(forwards.Memberships.Select(one => one.Mine), backwards.Memberships.Select(one => one.Mine));
    }

    [Fact]
    public void Take_MyselfAsOther_IsNothing() => Assert.Same(TiesState.Empty, Given.Take(TiesState.Empty, Given.Said(Given.Me, 0)).Value);

    [Fact]
    public void Take_TieAtTheLimitAndOnePast_LastIsRefused()
    {
        var state = Given.After([.. Enumerable.Range(1, Limits.Ties.Held).Select(number => Given.Said(Given.Person(number), number))]);
        var one = Given.Said(Given.Person(Limits.Ties.Held + 1), 0, kind: TieKind.Follows);

        Assert.Equal(Limits.Ties.Held, state.Ties.Length);
        Assert.Equal((RefusalReason.LimitReached, "at most 1000 ties"), (Given.Take(state, one).Refusal!.Reason, Given.Take(state, one).Refusal!.Rule));
        Assert.True(Given.Take(Given.Take(state, Given.Said(Given.Person(1), 9_999, TieChange.Ended)).Value!, one).IsOk);
    }

    [Fact]
    public void Hear_ProposalsBeyondTheLimit_OldestLeaves()
    {
        var state = Enumerable.Range(1, Limits.Ties.Unanswered + 1)
            .Aggregate(TiesState.Empty, (next, number) => TieRules.ReceiveStatement(next, Given.Person(number), Given.Statement(number)));

        Assert.Equal(Limits.Ties.Unanswered, state.Ties.Length);
        Assert.Null(TieRules.Find(state, Given.Person(1), TieKind.Friend));
    }

    [Fact]
    public void Keep_SourceMayNotCollectAnyMore_ItsClaimIsForgotten()
    {
        var state = Given.After(Given.Said(Friend, 0, source: "globex/forum"), Given.Said(Friend, 0, source: "acme/forum"));

        var kept = TiesRules.OnlyCollected(state, Given.Yes());

        Assert.Equal("acme/forum", Assert.Single(TieRules.Find(kept, Friend, TieKind.Friend)!.Claims).Source.Value);
    }

    [Fact]
    public void Keep_OwnWordMayNotBeCollectedAnyMore_EverythingSaidIsOver()
    {
        var state = TieRules.ReceiveStatement(Given.After(Given.Said(Friend, 0), Given.Joined("e-bikers", 0)), Friend, Given.Statement(1));

        var kept = TiesRules.OnlyCollected(state, Domain.Consents.Preferences.Off);

        Assert.False(Held(kept));
        Assert.True(TieRules.Find(kept, Friend, TieKind.Friend)!.IsPending);
        Assert.False(Assert.Single(kept.Memberships).IsHeld);
    }

    [Fact]
    public void Take_TribeAtTheLimitAndOnePast_LastIsRefused()
    {
        var state = Given.After([.. Enumerable.Range(1, Limits.Ties.Tribes).Select(number => Given.Joined($"tribe-{number}", number))]);

        Assert.Equal("at most 32 tribes", Given.Take(state, Given.Joined("one-more", 0)).Refusal!.Rule);
        Assert.True(Given.Take(state, Given.Joined("one-more", 0, source: "acme/forum")).IsOk);
    }

    [Fact]
    public void Proposals_SharedTopics_TribeIsProposedUntilAnsweredAndToBeLeftOnceTheyFade()
    {
        var joined = Given.After(Given.Joined("e-bikers", 0));
        var declined = Given.After(Given.Joined("e-bikers", 0, TieChange.Ended));

        var proposal = Assert.Single(Given.Proposals(TiesState.Empty, "e-bike", "warranty", "coffee"));
        Assert.Equal(("e-bikers", TieProposalKind.Tribe), (proposal.Tribe!.Value.Value, proposal.Kind));
        Assert.Equal(["e-bike", "warranty"], proposal.Topics.AsEnumerable());
        Assert.Empty(Given.Proposals(joined, "e-bike", "warranty"));
        Assert.Empty(Given.Proposals(declined, "e-bike", "warranty"));
        Assert.Equal(TieProposalKind.LeaveTribe, Assert.Single(Given.Proposals(joined, "coffee")).Kind);
    }

    private static bool Held(TiesState state) => TieRules.Find(state, Friend, TieKind.Friend)!.IsHeld;
}
