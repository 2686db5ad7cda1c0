using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

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
