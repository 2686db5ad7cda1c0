using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>Sums of one hour, day or week. Never empty: the weight is at least 1.</summary>
/// <param name="Index">Unix second divided by 3,600, 86,400 or 604,800 (weeks since the epoch begin on Thursdays), rounded down.</param>
/// <param name="Score">N: sum of weight x score, thousandths.</param>
/// <param name="Weight">D: sum of weights, thousandths.</param>
/// <param name="Count">Messages and answers scored.</param>
[GenerateSerializer, Immutable, Alias("Bucket")]
public readonly record struct Bucket(
    [property: Id(0)] int Index,
    [property: Id(1)] long Score,
    [property: Id(2)] long Weight,
    [property: Id(3)] int Count);

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
        return (found, sum is { Count: > 0, Weight: > 0 }) switch
        {
            (true, true) => ring.SetItem(at, sum),
            (true, false) => ring.RemoveAt(at),
            (false, true) => ring.Insert(at, sum),
            (false, false) => ring, // The bucket from which it is subtracted has been dropped already.
        };
    }

    /// <summary>The sum. Of a capped day more may be taken out than it had put in (a post that its conversation has dropped): what is left is a possible score all the same.</summary>
    private static Bucket Sum(Bucket left, Bucket right)
    {
        var weight = left.Weight + right.Weight;
        return new(left.Index, Math.Clamp(left.Score + right.Score, -Math.Max(weight, 0), Math.Max(weight, 0)), weight, left.Count + right.Count);
    }
}

/// <summary>N, D and the number of messages; thousandths.</summary>
internal readonly record struct Sums(long Score, long Weight, int Count)
{
    public static Sums operator +(Sums left, Sums right) => new(left.Score + right.Score, left.Weight + right.Weight, left.Count + right.Count);

    public static Sums operator -(Sums left, Sums right) => new(left.Score - right.Score, left.Weight - right.Weight, left.Count - right.Count);

    /// <summary>N / D in thousandths; only of a weight above 0.</summary>
    public int Mean => (int)Thousandths.Divide(Score * Thousandths.One, Weight);

    /// <summary>One scored turn.</summary>
    public static Sums Of(Turn turn) => new(Ring.WeightedScore(new Observation(turn.Score, turn.Weight, default)), turn.Weight, 1);

    /// <summary>The buckets after <paramref name="after"/>, up to and including <paramref name="last"/>.</summary>
    public static Sums Of(ImmutableArray<Bucket> ring, int after, int last)
    {
        var sums = default(Sums);
        for (var i = ring.Length - 1; i >= 0 && ring[i].Index > after; i--)
        {
            sums += ring[i].Index <= last ? new Sums(ring[i].Score, ring[i].Weight, ring[i].Count) : default;
        }

        return sums;
    }

    /// <summary>What one conversation's sums of a day amount to: at most one message.</summary>
    public Sums Capped()
    {
        const long most = Limits.Sentiment.ConversationDayWeight;
        return Weight <= most ? this : new Sums(Thousandths.Divide(Score * most, Weight), most, Count);
    }

    /// <summary>These sums as a horizon.</summary>
    public Horizon Shown() => Shown(Score, Weight, Count);

    /// <summary>Score = N / (D + w0), absent where D is below the floor; confidence = D / (D + w0).</summary>
    public static Horizon Shown(double score, double weight, int count)
    {
        var whole = weight + Limits.Sentiment.PriorWeight;
        return new Horizon(
            weight < Limits.Sentiment.WeightFloor ? null : (int)Thousandths.Ratio(score, whole), (int)Thousandths.Ratio(weight, whole), count);
    }
}
