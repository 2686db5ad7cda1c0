using CustomerContext.Domain.Common;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Topics;
using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>A well-formed signal with what it says about how the customer feels: what enters the grain.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Observation">Absent if it says nothing (not the customer's, no score, or too little confidence).</param>
[GenerateSerializer, Immutable, Alias("ScoredSignal")]
public sealed record ScoredSignal([property: Id(0)] Signal Signal, [property: Id(1)] Observation? Observation);

/// <summary>One score with its weight.</summary>
/// <param name="Score">-1000 to 1000, thousandths.</param>
/// <param name="Weight">1 to 1000, thousandths of one average message: the confidence.</param>
/// <param name="Provenance">How we know.</param>
[GenerateSerializer, Immutable, Alias("Observation")]
public readonly record struct Observation(
    [property: Id(0)] int Score,
    [property: Id(1)] int Weight,
    [property: Id(2)] Provenance Provenance);

/// <summary>How a value came to be known, weakest first.</summary>
public enum Provenance
{
    /// <summary>Worked out here from words.</summary>
    Inferred = 1,

    /// <summary>Seen by somebody else: an agent, or a sender's own score.</summary>
    Observed = 2,

    /// <summary>Said by the customer.</summary>
    Declared = 3,
}

/// <summary>Turns a well-formed signal, and the words that came with it, into what enters the grain. The words go no further.</summary>
public static class SignalScoring
{
    /// <summary>
    /// Scores <paramref name="signal"/>: the sender's score, else <paramref name="text"/> by <paramref name="scorer"/>, only for the customer's
    /// own turns and from a confidence of 0.2 on; a survey answer = 2 (answer - minimum) / (maximum - minimum) - 1, with weight 1. Its topics are those that
    /// <paramref name="gate"/> lets pass, given or found in the text.
    /// </summary>
    /// <returns>
    /// The signal to store; absent if it names a denied topic. A turn of a conversation that names one is stored without topics, score and link; an outcome without topics.
    /// </returns>
    public static ScoredSignal? Score(Signal signal, string? text, ISentimentScorer scorer, TopicGate gate, string? language = null) => signal switch
    {
        ConversationSignal turn => Score(turn, text, scorer, gate, language),
        SurveySignal survey => gate.Read(survey.Topics, default) is { IsDenied: false, Topics: var topics }
            ? new(survey with { Topics = topics }, Observe(survey))
            : null,
        BehaviourSignal behaviour => gate.Read(behaviour.Topics, default) is { IsDenied: false, Topics: var topics } && !TopicGate.IsDeniedAddress(behaviour.Resource)
            ? new(behaviour with { Topics = topics }, null)
            : null,
        OutcomeSignal outcome => new(outcome with { Topics = gate.Read(outcome.Topics, default) is { IsDenied: false, Topics: var topics } ? topics : [] }, null),
        TraitSignal trait => IsDenied(trait.Source, trait.Name, trait.Value) ? null : new(trait, null),
        CorrectionSignal correction => Correct(correction, gate),
        ReputationSignal { Topic.Length: > 0 } reputation => gate.Read([reputation.Topic], default) is { IsDenied: false, Topics: var topics }
            ? new(reputation with { Topic = topics.IsEmpty ? "" : topics[0] }, null)
            : null,
        _ => new(signal, null),
    };

    private static ScoredSignal Score(ConversationSignal turn, string? text, ISentimentScorer scorer, TopicGate gate, string? language)
    {
        var words = turn.Role == Role.Customer && text is not null ? text : null;
        var sounds = words is null ? default : scorer.Score(words, language);
        var about = gate.Read(turn.Topics, words, language, sounds.Language);
        if (about.IsDenied)
        {
            return new(turn with { Topics = [], Link = null, Score = null, Upstream = null }, null);
        }

        turn = turn with { Topics = about.Topics, Link = turn.Link is { } link && TopicGate.IsDeniedAddress(link) ? null : turn.Link };
        return new(turn, turn switch
        {
            { Role: not Role.Customer } => null,
            { Score: { } given } => Observe(given.Score, given.Confidence ?? 1, Provenance.Observed),
            _ => words is null ? null : Observe(sounds.Score, sounds.Confidence, Provenance.Inferred),
        });
    }

    /// <summary>Nobody but the customer says such things of the customer, and not even they as what they like: that is shown with the topics.</summary>
    private static bool IsDenied(SourceId source, string name, string value) =>
        (source != SourceId.Customer || TraitName.Family(name) is TraitName.Like or TraitName.Dislike) && TopicGate.IsDenied(value);

    private static ScoredSignal? Correct(CorrectionSignal correction, TopicGate gate) => correction switch
    {
        { Topic: { } topic } => TopicName.Normalise(topic.Topic) is var name && gate.Allows(name)
            ? new(correction with { Topic = topic with { Topic = name } }, null)
            : null,
        { Trait: { } trait } when IsDenied(correction.Source, trait.Name, trait.Value) => null,
        _ => new(correction, null),
    };

    private static Observation? Observe(double score, double confidence, Provenance provenance) =>
        Thousandths.Of(confidence) is >= Limits.Sentiment.ConfidenceFloor and var weight
            ? new Observation((int)Thousandths.Of(score), (int)weight, provenance)
            : null;

    private static Observation Observe(SurveySignal survey)
    {
        var score = (2 * (survey.Answer - survey.ScaleMinimum) / (survey.ScaleMaximum - survey.ScaleMinimum)) - 1;
        return new Observation((int)Thousandths.Of(score), (int)Thousandths.One, Provenance.Declared);
    }
}
