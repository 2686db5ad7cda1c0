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

    private static double ShareUpTo(IReadOnlyCollection<double> sample, double value) => sample.Count(one => one <= value) / (double)sample.Count;
}
