using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Tribes;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Groups.Given;

namespace CustomerContext.Domain.Tests.Influence;

/// <summary>How much a voice counts.</summary>
public sealed class InfluenceTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 10, 0)]
    [InlineData(10, 10, 0.7225)]
    [InlineData(1, 1, 0.2065)]
    [InlineData(50, 100, 0.4038)]
    public void LowerBound_OfWilson_IsThatOfTheTables(int helpful, int answered, double expected) =>
        Assert.Equal(expected, InfluenceRules.LowerBound(helpful, answered), 0.0001);

    [Fact]
    public void Of_TenPeopleAndTenHelpfulAnswers_IsTheRootOfReachTimesReputation()
    {
        var influence = Assert.Single(InfluenceRules.Of(Reached(10, helpful: 10), Noon));

        Assert.Equal((10, 10, 10), (influence.People, influence.Helpful, influence.Answered));
        Assert.Equal(1_000 * Math.Sqrt(0.5 * 0.7225), influence.Score, 0.6);
        Assert.Equal(30, InfluenceRules.Contributed(Reached(10, helpful: 10), "billing", Noon));
    }

    [Fact]
    public void Of_SamePersonAgain_ReachesNobodyMore()
    {
        var state = InfluenceRules.Reached(Reached(1, 1), "billing", new Pseudonym(0, 1), Noon);

        Assert.Equal(1, InfluenceRules.Of(state, Noon)[0].People);
    }

    [Fact]
    public void Of_AfterThirteenWeeks_IsNothing()
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(InfluenceRules.ChangesAt(Reached(10, 10), Noon));

        Assert.NotEmpty(InfluenceRules.Of(Reached(10, 10), end.AddSeconds(-1)));
        Assert.Empty(InfluenceRules.Of(Reached(10, 10), end));
    }

    [Fact]
    public void Forget_Erased_IsInNoReach() => Assert.Equal(9, InfluenceRules.Of(InfluenceRules.Forget(Reached(10, 10), new Pseudonym(0, 3)), Noon)[0].People);

    [Fact]
    public void Reached_MorePeopleAndTopicsThanKept_KeepsToTheLimits()
    {
        var state = Enumerable.Range(0, Limits.Influence.Topics + 1).Aggregate(Reached(Limits.Influence.People + 1, 1), (before, i) =>
            InfluenceRules.Reached(before, $"topic{i}", new Pseudonym(0, 1), Noon));

        Assert.Equal(Limits.Influence.Topics, state.Topics.Length);
        Assert.Equal(Limits.Influence.People, state.Topics.Single(topic => topic.Topic == "billing").People.Length);
    }

    [Fact]
    public void Of_EventsInAnyOrder_IsTheSame() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
    {
        var random = new Random(seed);
        var events = Enumerable.Range(0, 30).Select(_ => (Kind: random.Next(3), Topic: $"t{random.Next(3)}", Who: (ulong)random.Next(5), At: Noon.AddDays(-random.Next(80)))).ToArray();
        var inOrder = events.Aggregate(InfluenceState.Empty, Take);
        random.Shuffle(events);

        Assert.Equal(InfluenceRules.Of(inOrder, Noon).AsEnumerable(), InfluenceRules.Of(events.Aggregate(InfluenceState.Empty, Take), Noon).AsEnumerable());
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Of_TribeOfAHundred_TopTenAreListenedToAndTheFirstLeads()
    {
        var standings = Standings(100);

        Assert.Equal([1, 9, 90], new[] { Standing.LeadingVoice, Standing.ListenedTo, Standing.Everyone }.Select(standing => standings.Count(each => each == standing)));
        Assert.All(Standings(99), standing => Assert.Equal(Standing.Everyone, standing));
    }

    [Fact]
    public void Of_MoreEqualsThanMayStandOut_NobodyDoes()
    {
        var group = Group(Enumerable.Range(1, 100).Select(i => Contribution(i, 5, topics: new ContributedTopic("billing", i <= 11 ? 40 : 0))));
        var release = TribeReleaseRules.Release(TribeHistory.Empty, GroupSums.Of(group, Noon), default, 0, Noon).Last!;

        Assert.Equal(Standing.Everyone, StandingRules.Of(new TopicInfluence("billing", 800, 1, 1, 1), [release]));
    }

    /// <summary>Member i of so many has an influence of about i / members, as far as 1/50 tells them apart at the top.</summary>
    private static List<Standing> Standings(int members)
    {
        int Influence(int i) => i <= 10 ? 50 - i : 1;
        var group = Group(Enumerable.Range(1, members).Select(i => Contribution(i, 5, topics: new ContributedTopic("billing", Influence(i)))));
        var release = TribeReleaseRules.Release(TribeHistory.Empty, GroupSums.Of(group, Noon), default, 0, Noon).Last!;
        return [.. Enumerable.Range(1, members).Select(i => StandingRules.Of(new TopicInfluence("billing", Influence(i) * 20, 1, 1, 1), [release]))];
    }

    private static InfluenceState Reached(int people, int helpful)
    {
        var state = Enumerable.Range(1, people).Aggregate(InfluenceState.Empty, (before, who) => InfluenceRules.Reached(before, "billing", new Pseudonym(0, (ulong)who), Noon));
        return Enumerable.Range(0, helpful).Aggregate(state, (before, _) => InfluenceRules.Helpful(InfluenceRules.Answered(before, "billing", Noon), "billing", Noon));
    }

    private static InfluenceState Take(InfluenceState state, (int Kind, string Topic, ulong Who, DateTimeOffset At) happened) => happened.Kind switch
    {
        0 => InfluenceRules.Reached(state, happened.Topic, new Pseudonym(0, happened.Who), happened.At),
        1 => InfluenceRules.Answered(state, happened.Topic, happened.At),
        _ => InfluenceRules.Helpful(state, happened.Topic, happened.At),
    };
}
