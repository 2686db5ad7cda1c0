using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using static CustomerContext.Domain.Tests.Groups.Given;

namespace CustomerContext.Domain.Tests.Networks;

/// <summary>What a network releases, and when.</summary>
public sealed class NetworkReleaseTests
{
    private static readonly ReleaseSeed Seed = new(3, 4);

    [Theory]
    [InlineData(7, false, true)]
    [InlineData(6, false, false)]
    [InlineData(5, true, true)]
    [InlineData(4, true, false)]
    public void Release_AtTheGate_OpensAndClosesApart(int contributors, bool wasOpen, bool isOpen)
    {
        var before = wasOpen ? Release(NetworkState.Empty, Group(20, _ => 10), 0) : new NetworkStep(NetworkState.Empty, GroupMembers.Empty);

        Assert.Equal(isOpen, Release(before.State, Group(contributors, _ => -10), 1).State.Mood is not null);
    }

    [Fact]
    public void Release_WhoCameWithinTheWeek_DoesNotCount()
    {
        var settled = Enumerable.Range(1, 6).Select(member => Contribution(member, 10));

        Assert.Null(Release(NetworkState.Empty, Group([.. settled, Contribution(7, 10, since: Noon.AddDays(-7).AddSeconds(1))]), 0).State.Mood);
        Assert.NotNull(Release(NetworkState.Empty, Group([.. settled, Contribution(7, 10, since: Noon.AddDays(-7))]), 0).State.Mood);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void Release_SoManyChanged_IsMadeAnewOrTheOldOneStays(int changed, bool isNew)
    {
        var first = Release(NetworkState.Empty, Group(20, _ => 10), 0);
        var moved = GroupRules.Apply(first.Members, Enumerable.Range(1, changed).Select(member => Contribution(member, -40, number: 2)), [], Noon, 100).Members;

        Assert.Equal(Noon.AddDays(isNew ? 1 : 0), Release(first.State, moved, 1).State.Mood!.At);
    }

    [Fact]
    public void Release_SomebodyInItErased_IsAbsentUntilFiveChanged()
    {
        var first = Release(NetworkState.Empty, Group(20, _ => 10), 0);
        var erased = GroupRules.Apply(first.Members, [], [Removal(1, 9)], Noon, 100).Members;
        var next = Release(first.State, erased, 1);
        var later = Release(next.State, next.Members, 2);
        var moved = GroupRules.Apply(later.Members, Enumerable.Range(2, 4).Select(member => Contribution(member, -40, number: 2)), [], Noon, 100).Members;

        Assert.Equal(first.State.Mood, Assert.Single(first.State.History));
        Assert.Null(next.State.Mood);
        Assert.Empty(next.State.History);
        Assert.Null(later.State.Mood);
        Assert.NotNull(Release(later.State, moved, 3).State.Mood);
    }

    [Fact]
    public void Release_SomebodyNotInItErased_StaysAsItIs()
    {
        var first = Release(NetworkState.Empty, Group([.. Enumerable.Range(1, 9).Select(member => Contribution(member, 10)), Contribution(10, null)]), 0);
        var erased = GroupRules.Apply(first.Members, [], [Removal(10, 9)], Noon, 100).Members;

        Assert.Equal(first.State, Release(first.State, erased, 1).State);
    }

    [Theory]
    [InlineData(9, SizeBand.From5)]
    [InlineData(10, SizeBand.From10)]
    [InlineData(24, SizeBand.From10)]
    [InlineData(25, SizeBand.From25)]
    [InlineData(49, SizeBand.From25)]
    [InlineData(50, SizeBand.From50)]
    public void Release_SoManyContributors_IsOfTheBand(int contributors, SizeBand band) =>
        Assert.Equal(band, Release(NetworkState.Empty, Group(contributors, _ => 10), 0).State.Mood!.Size);

    [Theory]
    [InlineData(-40, MoodWord.Low)]
    [InlineData(0, MoodWord.Mixed)]
    [InlineData(40, MoodWord.Good)]
    public void Release_LargeNetworkOfOneMind_SaysItsWord(int score, MoodWord word) =>
        Assert.Equal(word, Release(NetworkState.Empty, Group(500, _ => score), 0).State.Mood!.Word);

    [Fact]
    public void Release_SmallNetworkOverManySeeds_IsRightMoreOftenThanNot()
    {
        var group = Group(7, _ => -40);
        var words = Enumerable.Range(0, 2_000).Select(i => NetworkReleaseRules.Release(NetworkState.Empty, group, new ReleaseSeed(9, (ulong)i), Noon).State.Mood!.Word).ToList();

        Assert.InRange(words.Count(word => word == MoodWord.Low) / 2_000.0, 0.7, 0.9);
    }

    [Fact]
    public void Release_EveryDayOfAMonth_ChainsItsDirections()
    {
        var step = Release(NetworkState.Empty, Group(20, _ => -20), 0);
        for (var day = 1; day <= 31; day++)
        {
            var score = -20 + (2 * day);
            var now = Noon.AddDays(day);
            var arrived = Enumerable.Range(1, 20).Select(member => Contribution(member, score, number: day + 1, fresh: TimeSpan.FromDays(day + 8), heard: TimeSpan.FromDays(day + 8)));
            step = NetworkReleaseRules.Release(step.State, GroupRules.Apply(step.Members, arrived, [], now, 100).Members, Seed, now);

            Assert.Equal(day < 7 ? Direction.Unknown : Direction.Rising, step.State.Mood!.Week);
            Assert.Equal(day < 30 ? Direction.Unknown : Direction.Rising, step.State.Mood.Month);
        }
    }

    [Fact]
    public void Release_AfterAHundredDays_TheHistoryHasTwelveWeeksOldestFirst()
    {
        var old = Enumerable.Range(1, 100).Select(day => new NetworkMood(MoodWord.Mixed, Direction.Unknown, Direction.Unknown, SizeBand.From10, Noon.AddDays(day - 101)));
        var step = Release(NetworkState.Empty with { History = [.. old] }, Group(20, _ => 10), 0);

        Assert.Equal(Limits.Networks.HistoryDays, step.State.History.Length);
        Assert.Equal((Noon.AddDays(1 - Limits.Networks.HistoryDays), step.State.Mood), (step.State.History[0].At, step.State.History[^1]));
    }

    private static NetworkStep Release(NetworkState state, GroupMembers members, int day) =>
        NetworkReleaseRules.Release(state, members, Seed, Noon.AddDays(day));
}
