using CustomerContext.Domain.Sentiment.Rules;

namespace CustomerContext.Domain.Sentiment.Model;

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
