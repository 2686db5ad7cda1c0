namespace CustomerContext.Benchmarks.Load;

/// <summary>The middle of some rounds, and how far they lie apart.</summary>
internal readonly record struct Median(double Middle, double Lowest, double Highest)
{
    /// <summary>Of at least one value.</summary>
    public static Median Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Median((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>As <c>middle (lowest-highest)</c>.</summary>
    public string ToString(string format) => $"{Middle.ToString(format)} ({Lowest.ToString(format)}-{Highest.ToString(format)})";
}
