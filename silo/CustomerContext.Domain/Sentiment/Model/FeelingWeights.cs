namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>
/// The linear model of feelings: how likely a text is good rather than bad (polarity), and how likely it is neither (neutral). For each place of the table the
/// weights of the two stand side by side, in units of <paramref name="scale"/>; the bins of the rules have weights of their own. Outside English nobody has said
/// of open data what is neutral, so there a third head does it, learned in English from what the rules find alone.
/// </summary>
internal sealed class FeelingWeights(sbyte[] table, float[] scale, float[][] bins)
{
    /// <summary>Heads in the table: polarity and neutral.</summary>
    public const int Heads = 2;

    /// <summary>Heads in the bins: polarity, neutral in English, neutral in any other language.</summary>
    public const int BinHeads = 3;

    /// <summary>The table.</summary>
    public sbyte[] Table { get; } = table;

    /// <summary>What a weight of 1 stands for, one a head.</summary>
    public float[] Scale { get; } = scale;

    /// <summary>The weights of the bins, an array a head.</summary>
    public float[][] Bins { get; } = bins;

    /// <summary>How good rather than bad.</summary>
    public float Polarity(in WeightSum sum, ReadOnlySpan<int> fallen) => Sum(Bins[0], fallen) + (sum.Polarity * Scale[0] / Root(sum));

    /// <summary>How likely neither, from its words.</summary>
    public float EnglishNeutral(in WeightSum sum, ReadOnlySpan<int> fallen) => Sum(Bins[1], fallen) + (sum.Neutral * Scale[1] / Root(sum));

    /// <summary>How likely neither, from what the rules found alone.</summary>
    public float AnyNeutral(ReadOnlySpan<int> fallen) => Sum(Bins[2], fallen);

    private static float Root(in WeightSum sum) => MathF.Sqrt(Math.Max(1, sum.Count));

    private static float Sum(float[] weights, ReadOnlySpan<int> bins)
    {
        var sum = 0f;
        foreach (var bin in bins)
        {
            sum += weights[bin];
        }

        return sum;
    }
}
