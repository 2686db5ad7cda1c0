namespace CustomerContext.Faults.Tests.Access;

/// <summary>The test that finds no difference would find one.</summary>
public sealed class TwoSamplesTests
{
    private const double Alpha = 1e-6;

    [Fact]
    public void Distance_SameDistribution_BelowTheCriticalOne() => Assert.True(Distance(shift: 0) < TwoSamples.Critical(150, 150, Alpha));

    [Fact]
    public void Distance_AShiftOfOneSpread_AboveTheCriticalOne() => Assert.True(Distance(shift: 1) > TwoSamples.Critical(150, 150, Alpha));

    [Fact]
    public void Distance_ByHand_IsWhatTheDefinitionSays() => Assert.Equal(0.5, TwoSamples.Distance([1, 2, 3, 4], [3, 4, 5, 6]));

    [Theory]
    [InlineData(1, 2, 3, 4, 1)]
    [InlineData(1, 4, 2, 3, 0.5)]
    [InlineData(1, 3, 3, 4, 0.875)]
    public void Auc_ByHand_IsWhatTheDefinitionSays(double one, double another, double other, double last, double auc) =>
        Assert.Equal(auc, TwoSamples.Auc([one, another], [other, last]));

    private static double Distance(double shift)
    {
        var random = new Random(1);
        return TwoSamples.Distance(
            [.. Enumerable.Range(0, 150).Select(_ => random.NextDouble())], [.. Enumerable.Range(0, 150).Select(_ => random.NextDouble() + shift)]);
    }
}
