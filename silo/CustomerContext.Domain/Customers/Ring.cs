using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>Hour, day and week buckets: sparse, ascending by index.</summary>
internal static class Ring
{
    /// <summary>The source with one observation at <paramref name="second"/> in all three rings.</summary>
    public static SourceContext Observe(SourceContext source, long second, Observation observation) =>
        Add(source, second, WeightedScore(observation), observation.Weight, 1);

    /// <summary>Weight x score, rounded half away from zero.</summary>
    public static long WeightedScore(Observation observation) =>
        Thousandths.Divide((long)observation.Weight * observation.Score, Thousandths.One);

    /// <summary>The source with these sums added to the three buckets of <paramref name="second"/>; negative to take them out again.</summary>
    public static SourceContext Add(SourceContext source, long second, long score, long weight, int count) => source with
    {
        Hours = Add(source.Hours, new Bucket((int)(second / Seconds.Hour), score, weight, count)),
        Days = Add(source.Days, new Bucket((int)(second / Seconds.Day), score, weight, count)),
        Weeks = Add(source.Weeks, new Bucket((int)(second / Seconds.Week), score, weight, count)),
    };

    /// <summary>The ring without the buckets up to and including <paramref name="last"/>.</summary>
    public static ImmutableArray<Bucket> DropTo(ImmutableArray<Bucket> ring, int last)
    {
        var old = 0;
        while (old < ring.Length && ring[old].Index <= last)
        {
            old++;
        }

        return old == 0 ? ring : ring.RemoveRange(0, old);
    }

    private static ImmutableArray<Bucket> Add(ImmutableArray<Bucket> ring, Bucket more)
    {
        var at = ring.Length;
        while (at > 0 && ring[at - 1].Index >= more.Index)
        {
            at--;
        }

        var found = at < ring.Length && ring[at].Index == more.Index;
        var sum = found ? Sum(ring[at], more) : more;
        return (found, sum.Count > 0) switch
        {
            (true, true) => ring.SetItem(at, sum),
            (true, false) => ring.RemoveAt(at),
            (false, true) => ring.Insert(at, sum),
            (false, false) => ring, // What is taken out had been dropped already.
        };
    }

    private static Bucket Sum(Bucket left, Bucket right) =>
        new(left.Index, left.Score + right.Score, left.Weight + right.Weight, left.Count + right.Count);
}
