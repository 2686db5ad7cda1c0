using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>Adds up the weights of a text's features.</summary>
internal struct WeightSum(FeelingWeights weights) : IFeatureSink
{
    private const int BitsOfAHead = 8;

    private readonly sbyte[] _table = weights.Table;

    /// <summary>Sum of the weights of polarity.</summary>
    public int Polarity { get; private set; }

    /// <summary>Sum of the weights of neutral.</summary>
    public int Neutral { get; private set; }

    /// <summary>How many features there were.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<int> places)
    {
        ref var first = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetArrayDataReference(_table));
        var (polarity, neutral) = (0, 0);
        foreach (var place in places)
        {
            // Both heads in one read: polarity below, neutral above.
            var row = Unsafe.ReadUnaligned<short>(ref Unsafe.Add(ref first, place * FeelingWeights.Heads));
            polarity += (sbyte)row;
            neutral += row >> BitsOfAHead;
        }

        Polarity += polarity;
        Neutral += neutral;
        Count += places.Length;
    }
}
