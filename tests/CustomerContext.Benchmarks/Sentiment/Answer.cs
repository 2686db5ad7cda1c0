using CustomerContext.Domain;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Sentiment.Model;
using CustomerContext.SentimentTraining;

namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>What our scorer says of a line, not told its language.</summary>
internal readonly record struct Answer(Line Line, TextScore Score)
{
    private const int LettersToTell = 12;

    /// <summary>Bad, neutral or good, as the score's neutral band says.</summary>
    public Label Label => Math.Abs(Score.Score) < Calibration.NeutralBand ? Label.Neutral : Score.Score < 0 ? Label.Negative : Label.Positive;

    public bool IsRight => Label == Line.Label;

    public Verdict Verdict => new(Line, Score.Score, Label);

    /// <summary>
    /// True if a customer who says this twice in a week, and nothing else, is shown as unhappy: the least evidence that the pages show anything from.
    /// </summary>
    public bool IsShownUnhappy
    {
        get
        {
            var weight = Score.Confidence * 1_000 >= Limits.Sentiment.ConfidenceFloor ? 2 * Score.Confidence : 0;
            return weight * Score.Score / (weight + 1) * 1_000 <= Limits.Sentiment.UnhappyFrom;
        }
    }

    public bool IsLanguageRight => Score.Language == TextLanguages.Tag(Line.Language);

    /// <summary>Long enough that its language can be told.</summary>
    public bool HasLetters => Line.Text.Count(char.IsLetter) >= LettersToTell;

    public static Answer Of(Line line, TextScorer scorer) => new(line, scorer.Score(line.Text, null));
}
