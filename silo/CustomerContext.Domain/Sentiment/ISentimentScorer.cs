namespace CustomerContext.Domain.Sentiment;

/// <summary>How a text sounds. A port: pure, thread-safe, keeps nothing of the text.</summary>
public interface ISentimentScorer
{
    /// <summary>Scores <paramref name="text"/>; <paramref name="language"/> is a BCP 47 tag, null or empty if not known.</summary>
    TextScore Score(ReadOnlySpan<char> text, string? language);
}

/// <summary>A text's score.</summary>
/// <param name="Score">-1 (very unhappy) to 1.</param>
/// <param name="Confidence">0 (no idea) to 1.</param>
/// <param name="Language">The language the text is in: en, de, fr, es, it, pt or nl; null if it is another one, or cannot be told.</param>
public readonly record struct TextScore(double Score, double Confidence, string? Language = null);
