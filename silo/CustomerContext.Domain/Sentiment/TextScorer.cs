using CustomerContext.Domain.Sentiment.Model;
using CustomerContext.Domain.Sentiment.Words;

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

/// <summary>
/// Scores short texts in English, German, French, Spanish, Italian, Portuguese and Dutch: finds the language, then reads the text once, by rules and word lists (in
/// the manner of VADER, Hutto and Gilbert 2014) and by a small linear model that takes in what the rules found. It allocates nothing, keeps nothing of the text,
/// and gives the same answer every time. In any other language it reads signs only (emoji, emoticons), returns a null language, and halves the confidence. It does not
/// detect sarcasm.
/// </summary>
public sealed class TextScorer : ISentimentScorer
{
    private const string Resource = "weights.bin";
    private const float SignsOnly = 0.5f;

    private readonly SentimentModel _model;
    private readonly LanguageFinder _languages;
    private readonly Lexicon _lexicon;

    /// <summary>With the weights and word lists that ship.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public TextScorer()
        : this(ReadResource(), Lexicon.Shared)
    {
    }

    internal TextScorer(SentimentModel model, Lexicon lexicon)
    {
        (_model, _lexicon) = (model, lexicon);
        _languages = new LanguageFinder(model.Languages);
    }

    /// <inheritdoc/>
    public TextScore Score(ReadOnlySpan<char> text, string? language)
    {
        var found = _languages.Find(text, TextLanguages.Of(language));
        var sum = new WeightSum(_model.Feelings);
        var rules = TextFeatures.Read(text, found, _lexicon, ref sum);
        var feeling = _model.Mix.Of(_model.Feelings, sum, rules, found, text.Length);
        if (rules.Symbols == 0 && (found == TextLanguage.Other || rules.Words == 0))
        {
            return default;
        }

        var confidence = _model.Calibration.Confidence(feeling, found) * (found == TextLanguage.Other ? SignsOnly : 1);
        return new TextScore(_model.Calibration.Score(feeling.Value, found), confidence, TextLanguages.Tag(found));
    }

    private static SentimentModel ReadResource()
    {
        using var stream = typeof(SentimentModel).Assembly.GetManifestResourceStream(typeof(SentimentModel), Resource)
            ?? throw new InvalidDataException("The weights of the sentiment scorer are missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ModelFile.Read(bytes);
    }
}
