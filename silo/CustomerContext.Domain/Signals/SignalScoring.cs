using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Signals;

/// <summary>Turns a well-formed signal, and the words that came with it, into what enters the grain. The words go no further.</summary>
public static class SignalScoring
{
    /// <summary>
    /// Scores <paramref name="signal"/>: the sender's score, else <paramref name="text"/> by <paramref name="scorer"/>, only for the customer's
    /// own turns and from a confidence of 0.2 on; a survey answer = 2 (answer - minimum) / (maximum - minimum) - 1, with weight 1.
    /// Also brings topics into their normal form, each once.
    /// </summary>
    public static ScoredSignal Score(Signal signal, string? text, ISentimentScorer scorer, string? language = null) => signal switch
    {
        ConversationSignal turn => new(turn with { Topics = Normal(turn.Topics) }, Observe(turn, text, scorer, language)),
        SurveySignal survey => new(survey with { Topics = Normal(survey.Topics) }, Observe(survey)),
        CorrectionSignal { Topic: { } topic } correction => new(correction with { Topic = topic with { Topic = TopicName.Normalise(topic.Topic) } }, null),
        ReputationSignal reputation => new(reputation with { Topic = TopicName.Normalise(reputation.Topic) }, null),
        _ => new(signal, null),
    };

    private static Observation? Observe(ConversationSignal turn, string? text, ISentimentScorer scorer, string? language)
    {
        if (turn.Role != Role.Customer)
        {
            return null;
        }

        if (turn.Score is { } given)
        {
            return Observe(given.Score, given.Confidence ?? 1, Provenance.Observed);
        }

        if (text is null)
        {
            return null;
        }

        var score = scorer.Score(text, language);
        return Observe(score.Score, score.Confidence, Provenance.Inferred);
    }

    private static Observation? Observe(double score, double confidence, Provenance provenance) =>
        Thousandths.Of(confidence) is >= Limits.Sentiment.ConfidenceFloor and var weight
            ? new Observation((int)Thousandths.Of(score), (int)weight, provenance)
            : null;

    private static Observation Observe(SurveySignal survey)
    {
        var score = (2 * (survey.Answer - survey.ScaleMinimum) / (survey.ScaleMaximum - survey.ScaleMinimum)) - 1;
        return new Observation((int)Thousandths.Of(score), (int)Thousandths.One, Provenance.Declared);
    }

    private static ImmutableArray<string> Normal(ImmutableArray<string> topics) => [.. topics.Select(TopicName.Normalise).Distinct()];
}
