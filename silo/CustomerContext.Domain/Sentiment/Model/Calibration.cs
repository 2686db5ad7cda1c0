namespace CustomerContext.Domain.Sentiment.Model;

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
