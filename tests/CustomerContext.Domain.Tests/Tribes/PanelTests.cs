using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using static CustomerContext.Domain.Tests.Groups.Given;

namespace CustomerContext.Domain.Tests.Tribes;

/// <summary>Asking a sample, and proposing tribes.</summary>
public sealed class PanelTests
{
    private static readonly ConsentState Willing = ConsentState.None with { Preferences = Preferences.Off with { OfAge = true, Ask = true } };

    [Theory]
    [InlineData(100, 10_000)]
    [InlineData(200, 10_000)]
    [InlineData(400, 5_000)]
    [InlineData(10_000, 500)]
    public void Ask_StratumOfSoMany_AsksTheStatedShare(int silent, int share) =>
        Assert.Equal(share, PanelRules.Ask("q1", "billing", new ReleaseSeed(1, 1), GroupSums.Of(Group(silent, _ => null, _ => Stratum.Silent), Noon), Noon).Silent);

    [Fact]
    public void IsDrawn_ManyMembers_AreDrawnAtRandomAndAnotherTimeOthers()
    {
        var first = Drawn(new ReleaseSeed(1, 1));
        var second = Drawn(new ReleaseSeed(1, 2));

        Assert.InRange(first.Count, 900, 1_100);
        Assert.InRange(first.Intersect(second).Count(), 50, 150);
        Assert.Equal(first, Drawn(new ReleaseSeed(1, 1)));
    }

    [Fact]
    public void MayBeAsked_WithoutAYesOrWithinAMonth_Not()
    {
        Assert.True(PanelRules.MayBeAsked(Willing, null, Noon));
        Assert.True(PanelRules.MayBeAsked(Willing, Noon.AddDays(-30), Noon));
        Assert.False(PanelRules.MayBeAsked(Willing, Noon.AddDays(-30).AddSeconds(1), Noon));
        Assert.False(PanelRules.MayBeAsked(Willing with { PausedAt = Noon }, null, Noon));
        Assert.False(PanelRules.MayBeAsked(Willing with { Preferences = Willing.Preferences with { Ask = false } }, null, Noon));
        Assert.False(PanelRules.MayBeAsked(Willing with { Preferences = Willing.Preferences with { OfAge = false } }, null, Noon));
        Assert.False(PanelRules.MayBeAsked(Willing with { Preferences = Willing.Preferences with { LeaveMeAlone = true } }, null, Noon));
    }

    [Fact]
    public void IsAsked_OutsideItsTime_Not()
    {
        var question = new PanelQuestion("q1", "billing", new ReleaseSeed(1, 1), 10_000, 0, 0, Noon, Noon.AddDays(14));

        Assert.True(PanelRules.IsAsked(question, new Pseudonym(1, 1), Stratum.Silent, Willing, null, Noon));
        Assert.False(PanelRules.IsAsked(question, new Pseudonym(1, 1), Stratum.Few, Willing, null, Noon));
        Assert.False(PanelRules.IsAsked(question, new Pseudonym(1, 1), Stratum.Silent, Willing, null, Noon.AddDays(14)));
    }

    [Fact]
    public void Propose_SharedTopics_AreTheReasonAndNobodyIsBothered()
    {
        var mind = new TopOfMindContent(500, [Topic("jazz", 3_000), Topic("records", 1_000), Topic("chess", 999)], 0, [], []);
        TribeTopics[] tribes = [new("vinyl", ["jazz", "records", "amplifiers"]), new("chess-club", ["chess", "jazz"]), new("only-jazz", ["jazz"]), new("joined", ["jazz", "records"])];

        var proposals = FoundTribeRules.Propose(tribes, mind, ["joined"], Willing.Preferences);

        Assert.Equal(["vinyl", "only-jazz"], proposals.Select(proposal => proposal.Tribe));
        Assert.Equal(["jazz", "records"], proposals[0].Topics.AsEnumerable());
        Assert.Empty(FoundTribeRules.Propose(tribes, mind, [], Willing.Preferences with { LeaveMeAlone = true }));
    }

    [Fact]
    public void Faded_NoTopicShared_IsProposedForLeaving()
    {
        var mind = new TopOfMindContent(500, [Topic("jazz", 10)], 0, [], []);
        TribeTopics[] joined = [new("vinyl", ["jazz", "records"]), new("garden", ["roses"])];

        Assert.Equal("garden", Assert.Single(FoundTribeRules.Faded(joined, mind, Willing.Preferences)).Tribe);
        Assert.Empty(FoundTribeRules.Faded(joined, mind, Willing.Preferences with { LeaveMeAlone = true }));
    }

    private static TopicContent Topic(string name, int weight) => new(name, weight, Noon, null, null);

    private static List<int> Drawn(ReleaseSeed seed)
    {
        var question = new PanelQuestion("q", "billing", seed, 1_000, 0, 0, Noon, Noon.AddDays(14));
        return [.. Enumerable.Range(0, 10_000).Where(member => PanelRules.IsDrawn(question, new Pseudonym(5, (ulong)member), Stratum.Silent))];
    }
}
