using System.Runtime.CompilerServices;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>Adds up the weights of a text's features.</summary>
internal struct WeightSum(FeelingWeights weights) : IFeatureSink
{
    private readonly sbyte[] _table = weights.Table;

    /// <summary>Sum of the weights of polarity.</summary>
    public int Polarity { get; private set; }

    /// <summary>Sum of the weights of neutral.</summary>
    public int Neutral { get; private set; }

    /// <summary>How many features there were.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int place)
    {
        var row = _table.AsSpan(place * FeelingWeights.Heads, FeelingWeights.Heads);
        Polarity += row[0];
        Neutral += row[1];
        Count++;
    }
}
