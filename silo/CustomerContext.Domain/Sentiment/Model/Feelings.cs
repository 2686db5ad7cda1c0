using CustomerContext.Domain.Sentiment.Rules;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>What the model makes of a text, before it is brought to what means the same in every language.</summary>
/// <param name="Value">-1 (bad) to 1 (good).</param>
/// <param name="Neutral">How likely neither good nor bad, 0 to 1; 0 where only signs were read, which cannot tell.</param>
internal readonly record struct Feeling(float Value, float Neutral);

/// <summary>How the neutral logit is made: a constant, and factors for a head's logit, for the strength of the polarity and for that of the rules' compound.</summary>
internal readonly record struct NeutralMix(float Constant, float Head, float Strength, float Compound)
{
    private const float MostStrength = 4;

    /// <summary>The logit of neither good nor bad.</summary>
    public float Logit(float head, float polarity, float compound) =>
        Constant + (Head * head) + (Strength * Math.Min(MostStrength, Math.Abs(polarity))) + (Compound * Math.Abs(compound));
}

/// <summary>Brings the heads and the rules together into one number: half of it is what the model expects (good less bad), half the rules' compound.</summary>
/// <param name="Slopes">A factor for the polarity head, one a language.</param>
/// <param name="Constant">Added to it.</param>
/// <param name="Compound">Times the rules' compound.</param>
/// <param name="Balance">Times a third of good less bad words, three of each at most.</param>
/// <param name="English">Neutral, in English.</param>
/// <param name="Others">Neutral, in any other language.</param>
internal sealed record FeelingMix(float[] Slopes, float Constant, float Compound, float Balance, NeutralMix English, NeutralMix Others)
{
    private const int MostWords = 3;

    /// <summary>The feeling of a text of <paramref name="length"/> characters.</summary>
    public Feeling Of(FeelingWeights weights, in WeightSum sum, in RuleReading rules, TextLanguage language, int length)
    {
        var compound = rules.Compound;
        if (language == TextLanguage.Other)
        {
            return new Feeling(compound, 0);
        }

        Span<int> bins = stackalloc int[RuleBins.PerText];
        RuleBins.Fill(rules, language, length, bins);
        var universal = bins[..RuleBins.Universal];
        var polarity = Polarity(weights.Polarity(sum, bins), rules, language);
        var neutral = language == TextLanguage.English
            ? English.Logit(weights.EnglishNeutral(sum, universal), polarity, compound)
            : Others.Logit(weights.AnyNeutral(universal), polarity, compound);
        return Blend(polarity, neutral, compound);
    }

    /// <summary>The logit of good rather than bad.</summary>
    public float Polarity(float head, in RuleReading rules, TextLanguage language)
    {
        var balance = (float)(Math.Min(rules.Positives, MostWords) - Math.Min(rules.Negatives, MostWords)) / MostWords;
        return (Slopes[(int)language] * head) + Constant + (Compound * rules.Compound) + (Balance * balance);
    }

    /// <summary>Half of each.</summary>
    public static Feeling Blend(float polarity, float neutral, float compound)
    {
        var neither = Probability(neutral);
        return new Feeling((((1 - neither) * ((2 * Probability(polarity)) - 1)) + compound) / 2, neither);
    }

    private static float Probability(float logit) => 1 / (1 + MathF.Exp(-logit));
}

/// <summary>
/// The linear model of feelings: how likely a text is good rather than bad (polarity), and how likely it is neither (neutral). For each place of the table the
/// weights of the two stand side by side, in units of <paramref name="scale"/>; the bins of the rules have weights of their own. No open data outside English
/// labels neutral texts, so a third head is used there, trained in English on the findings of the rules alone.
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

/// <summary>
/// Turns the feeling into score and confidence, so that both mean the same in every language. Three straight pieces lead from feeling to score: a feeling of
/// <c>Boundary</c> is a score of <see cref="NeutralBand"/>, one of <c>Unhappy</c> is <c>UnhappyScore</c>, one of 1 is 1.
/// </summary>
/// <param name="Boundary">Least feeling that is one, a language.</param>
/// <param name="Unhappy">From which on a message said twice is shown as unhappy, a language.</param>
/// <param name="UnhappyScore">Its score, a language: so large that two such messages, weighed by their confidence, reach the shown threshold.</param>
/// <param name="Reliability">Factor of the confidence, a language: how much better than by chance good and bad are told apart there, compared with English.</param>
/// <param name="Feelings">Confidence by strength, in equal steps from 0 to 1: (share that was right - 1/3) x 3/2.</param>
/// <param name="Neutrals">The same of texts with no feeling, by how likely that is, in equal steps from 0 to 1.</param>
internal sealed record Calibration(float[] Boundary, float[] Unhappy, float[] UnhappyScore, float[] Reliability, float[] Feelings, float[] Neutrals)
{
    /// <summary>Scores nearer to 0 say that the text is neither good nor bad.</summary>
    public const float NeutralBand = 0.1f;

    /// <summary>Steps of the confidence of feelings.</summary>
    public const int FeelingSteps = 20;

    /// <summary>Steps of the confidence of neutral texts.</summary>
    public const int NeutralSteps = 10;

    /// <summary>
    /// Outside English nothing was learned of what is neutral, so there a text that seems to be counts for less than any feeling: as activity only.
    /// </summary>
    private const float ForeignNeutral = 0.25f;

    /// <summary>The score, -1 to 1.</summary>
    public float Score(float feeling, TextLanguage language)
    {
        var (strength, boundary, unhappy, score) = (Math.Abs(feeling), Boundary[(int)language], Unhappy[(int)language], UnhappyScore[(int)language]);
        var value = strength < boundary ? Between(strength, 0, boundary, 0, NeutralBand)
            : strength < unhappy ? Between(strength, boundary, unhappy, NeutralBand, score)
            : Between(strength, unhappy, 1, score, 1);
        return MathF.CopySign(Math.Min(1, value), feeling);
    }

    /// <summary>The confidence, 0 to 1.</summary>
    public float Confidence(Feeling feeling, TextLanguage language)
    {
        var strength = Math.Abs(feeling.Value);
        var confidence = strength < Boundary[(int)language]
            ? Interpolate(Neutrals, feeling.Neutral * NeutralSteps) * (language == TextLanguage.English ? 1 : ForeignNeutral)
            : Interpolate(Feelings, strength * FeelingSteps);
        return confidence * Reliability[(int)language];
    }

    /// <summary>The table's values stand in the middle of their steps.</summary>
    private static float Interpolate(float[] table, float place)
    {
        var left = (int)Math.Clamp(place - 0.5f, 0, table.Length - 1);
        var right = Math.Min(left + 1, table.Length - 1);
        var part = Math.Clamp(place - 0.5f - left, 0, 1);
        return table[left] + ((table[right] - table[left]) * part);
    }

    private static float Between(float value, float from, float to, float first, float last) => first + ((last - first) * (value - from) / (to - from));
}
