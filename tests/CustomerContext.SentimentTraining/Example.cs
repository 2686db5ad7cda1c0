using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Sentiment.Model;

namespace CustomerContext.SentimentTraining;

/// <summary>A line to learn from.</summary>
internal sealed class Example(Line line)
{
    public Line Line { get; } = line;

    public Sample Sample { get; } = Sample.Of(line.Text, line.Language);

    /// <summary>In which part of the training data it is, when one part is told by a model of the others.</summary>
    public int Part => Line.Bucket(3, 7919);

    public bool HasNeutrals => Line.Language == TextLanguage.English && Line.File != "vader_movie";

    /// <summary>What the heads say that have not seen it.</summary>
    public Heads Unseen { get; set; }

    /// <summary>The feeling by these.</summary>
    public Feeling Feeling { get; set; }

    /// <summary>The same, as if it were not English.</summary>
    public Feeling ForeignFeeling { get; set; }
}

/// <summary>The logits of the heads.</summary>
internal readonly record struct Heads(float Polarity, float EnglishNeutral, float AnyNeutral);
