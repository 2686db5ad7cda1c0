namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>What the model makes of a text, before it is brought to what means the same in every language.</summary>
/// <param name="Value">-1 (bad) to 1 (good).</param>
/// <param name="Neutral">How likely neither good nor bad, 0 to 1; 0 where only signs were read, which cannot tell.</param>
internal readonly record struct Feeling(float Value, float Neutral);
