namespace CustomerContext.Faults.Tests.Access;

/// <summary>Whether two samples may come from one distribution: Kolmogorov's and Smirnov's test (Smirnov 1939), which assumes nothing about its form.</summary>
internal static class TwoSamples
{
    /// <summary>The largest distance between the two empirical distribution functions, in [0, 1].</summary>
    public static double Distance(IReadOnlyCollection<double> one, IReadOnlyCollection<double> other)
    {
        var distance = 0.0;
        foreach (var value in one.Concat(other))
        {
            distance = Math.Max(distance, Math.Abs(ShareUpTo(one, value) - ShareUpTo(other, value)));
        }

        return distance;
    }

    /// <summary>The distance that samples of one distribution exceed with probability <paramref name="alpha"/>, for samples that are not small.</summary>
    public static double Critical(int one, int other, double alpha) =>
        Math.Sqrt(-Math.Log(alpha / 2) / 2) * Math.Sqrt((one + other) / ((double)one * other));

    /// <summary>How often somebody who names the larger of a pair, one of each sample, is right: 0.5 to 1 (area under the curve of Mann and Whitney 1947; a tie counts half).</summary>
    public static double Auc(IReadOnlyCollection<double> one, IReadOnlyCollection<double> other)
    {
        var larger = one.Sum(value => other.Sum(with => value > with ? 1 : value < with ? 0 : 0.5)) / ((double)one.Count * other.Count);
        return Math.Max(larger, 1 - larger);
    }

    private static double ShareUpTo(IReadOnlyCollection<double> sample, double value) => sample.Count(one => one <= value) / (double)sample.Count;
}
