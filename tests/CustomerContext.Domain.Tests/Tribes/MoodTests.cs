using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using static CustomerContext.Domain.Tests.Groups.Given;

namespace CustomerContext.Domain.Tests.Tribes;

/// <summary>How contributions make a mood.</summary>
public sealed class MoodTests
{
    [Fact]
    public void PerPost_OneWhoWritesMost_IsWhatTheyFeel()
    {
        var group = Group(Contribution(1, -50, Stratum.Many, posts: 90), Contribution(2, 50, posts: 10), Contribution(3, 50, Stratum.Silent, posts: 0));

        Assert.Equal(-0.8, MoodRules.PerPost(GroupSums.Of(group, Noon))!.Value, 12);
        Assert.Null(MoodRules.PerPost(GroupSums.Zero));
    }

    [Fact]
    public void Corrected_ThreeStrata_WeighsEachByItsMembers()
    {
        // 10 write much and feel bad, 30 write a little, 60 write nothing and 6 of them were asked.
        var estimate = Estimate(100, i => i <= 10 ? -30 : i <= 40 ? 10 : i <= 46 ? 20 : null, i => i <= 10 ? Stratum.Many : i <= 40 ? Stratum.Few : Stratum.Silent);

        Assert.Equal((0.1 * -0.6) + (0.3 * 0.2) + (0.6 * 0.4), estimate.Score, 12);
        Assert.True(estimate.IsWhole);
        Assert.Equal(0.6 / 6, estimate.Heaviest, 12);
        Assert.Equal(0, estimate.Variance);
    }

    [Fact]
    public void Corrected_OneStratum_HasTheTextbookVariance()
    {
        // 5 of 10 heard: -2, -1, 0, 1, 2 tenths; s^2 = 0.025, (1 - 5/10) s^2 / 5 = 0.0025, 4 degrees, t = 2.132.
        var estimate = Estimate(10, i => i <= 5 ? 5 * (i - 3) : null, _ => Stratum.Few);

        Assert.Equal(0.0025, estimate.Variance, 12);
        Assert.Equal(4, estimate.Degrees, 9);
        Assert.Equal(2.132 * 0.05, estimate.HalfWidth(0), 3);
    }

    [Theory]
    [InlineData(4, 2.1318)]
    [InlineData(5, 2.0150)]
    [InlineData(10, 1.8125)]
    [InlineData(30, 1.6973)]
    [InlineData(double.PositiveInfinity, 1.6449)]
    public void Quantile95_KnownDegrees_IsThatOfTheTables(double degrees, double expected) => Assert.Equal(expected, StudentT.Quantile95(degrees), 0.003);

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void Corrected_AtTheLeastVoicesOfAStratum_IsKnown(int voices, bool isWhole) =>
        Assert.Equal(isWhole, Estimate(100, i => i <= 50 || i > 100 - voices ? 10 : null, i => i <= 50 ? Stratum.Few : Stratum.Silent).IsWhole);

    [Fact]
    public void Change_WhoCameOrWent_MovesNothing()
    {
        var before = GroupRules.RecordReleased(Group(60, _ => 10), Noon);
        var after = GroupRules.Apply(before, Enumerable.Range(100, 30).Select(member => Contribution(member, -50)), [Removal(1, 2)], Noon, 1_000).Members;
        var sums = GroupSums.Of(after, Noon);

        Assert.Equal(0, MoodRules.Change(sums, MoodRules.Corrected(sums))!.Value.Score);
        Assert.NotEqual(0.2, MoodRules.Corrected(sums)!.Value.Score, 3);
    }

    private static MoodEstimate Estimate(int members, Func<int, int?> score, Func<int, Stratum> stratum) =>
        MoodRules.Corrected(GroupSums.Of(Group(members, score, stratum), Noon))!.Value;
}
