using System.Globalization;

namespace CustomerContext.Web.Operation;

/// <summary>A duration as the silo's metrics have it: how many took no longer than each bound.</summary>
/// <param name="Buckets">Bounds in seconds, ascending, the last one infinite; each with the number up to it.</param>
internal sealed record Histogram(IReadOnlyList<(double Bound, double Count)> Buckets)
{
    /// <summary>How many there were.</summary>
    public long Count => Buckets.Count == 0 ? 0 : (long)Buckets[^1].Count;

    /// <summary>One of the metrics' text, over all its labels that <paramref name="isWanted"/> takes.</summary>
    public static Histogram Read(string metrics, string name, Func<string, bool>? isWanted = null) => new(
    [
        .. metrics.Split('\n')
            .Where(line => line.StartsWith($"{name}_bucket{{", StringComparison.Ordinal) && isWanted?.Invoke(line) != false)
            .Select(line => (Bound: BoundOf(line), Count: MetricLine.ValueOf(line)))
            .GroupBy(bucket => bucket.Bound, (bound, same) => (Bound: bound, Count: same.Sum(bucket => bucket.Count)))
            .OrderBy(bucket => bucket.Bound),
    ]);

    /// <summary>The duration in seconds that <paramref name="share"/> of them did not exceed, between the bounds as if they were spread evenly. Absent: there were none.</summary>
    public double? Quantile(double share)
    {
        var wanted = share * Count;
        var (from, before) = (0.0, 0.0);
        foreach (var (bound, count) in Buckets)
        {
            if (Count > 0 && count >= wanted)
            {
                return double.IsInfinity(bound) || count == before ? from : from + ((bound - from) * (wanted - before) / (count - before));
            }

            (from, before) = (bound, count);
        }

        return null;
    }

    private static double BoundOf(string line) => MetricLine.LabelOf(line, "le") is "+Inf" ? double.PositiveInfinity : double.Parse(MetricLine.LabelOf(line, "le"), CultureInfo.InvariantCulture);
}

/// <summary>A line of the metrics' text: <c>name{label="value",...} number time</c>.</summary>
internal static class MetricLine
{
    /// <summary>The number.</summary>
    public static double ValueOf(string line) =>
        double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);

    /// <summary>A label's value.</summary>
    public static string LabelOf(string line, string label)
    {
        var start = line.IndexOf($"{label}=\"", StringComparison.Ordinal) + label.Length + 2;
        return line[start..line.IndexOf('"', start)];
    }
}
