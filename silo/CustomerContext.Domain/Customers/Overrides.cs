using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>A headline score that replaces the inferred one. Its author is the customer, if the source is the customer, else an agent.</summary>
/// <param name="Stamp">When.</param>
/// <param name="Score">Thousandths.</param>
[GenerateSerializer, Immutable, Alias("CorrectedScore")]
public sealed record CorrectedScore([property: Id(0)] Stamp Stamp, [property: Id(1)] int Score);

/// <summary>What somebody said about a topic.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Stamp">When.</param>
/// <param name="Score">How the customer feels about it, thousandths. Absent: it is not on the customer's mind.</param>
[GenerateSerializer, Immutable, Alias("CorrectedTopic")]
public sealed record CorrectedTopic([property: Id(0)] string Topic, [property: Id(1)] Stamp Stamp, [property: Id(2)] int? Score);

/// <summary>A survey answer, mapped and original.</summary>
/// <param name="Stamp">When.</param>
/// <param name="Score">Mapped to -1000..1000, thousandths.</param>
/// <param name="Question">Coded.</param>
/// <param name="Answer">As given, thousandths.</param>
/// <param name="ScaleMinimum">Thousandths.</param>
/// <param name="ScaleMaximum">Thousandths.</param>
[GenerateSerializer, Immutable, Alias("SurveyAnswer")]
public sealed record SurveyAnswer(
    [property: Id(0)] Stamp Stamp,
    [property: Id(1)] int Score,
    [property: Id(2)] string Question,
    [property: Id(3)] long Answer,
    [property: Id(4)] long ScaleMinimum,
    [property: Id(5)] long ScaleMaximum);

/// <summary>What an upstream system said on its own scale.</summary>
/// <param name="Stamp">When.</param>
/// <param name="Value">Thousandths.</param>
/// <param name="Minimum">Thousandths.</param>
/// <param name="Maximum">Thousandths.</param>
[GenerateSerializer, Immutable, Alias("UpstreamEntry")]
public sealed record UpstreamEntry(
    [property: Id(0)] Stamp Stamp,
    [property: Id(1)] long Value,
    [property: Id(2)] long Minimum,
    [property: Id(3)] long Maximum);

/// <summary>How a correction changes the state: the latest of each source counts.</summary>
internal static class CorrectionRules
{
    public static Outcome<CustomerState> Take(CustomerState state, CorrectionSignal signal, Stamp stamp)
    {
        var source = state.Find(signal.Source)!;
        return signal switch
        {
            { Score: { } score } => source.Score is { } kept && kept.Stamp >= stamp
                ? state
                : state.With(source with { Score = new CorrectedScore(stamp, (int)Thousandths.Of(score)) }),
            { Topic: { } topic } => TakeTopic(state, source, new CorrectedTopic(topic.Topic, stamp, topic.Score is { } own ? (int)Thousandths.Of(own) : null)),
            { Trait: { } trait } => TraitRules.Take(state, signal.Source, new TraitEntry(trait.Name, trait.Value, stamp, Corrects: true)),
            _ => state,
        };
    }

    private static Outcome<CustomerState> TakeTopic(CustomerState state, SourceContext source, CorrectedTopic topic)
    {
        var topics = source.CorrectedTopics;
        var at = topics.Count(other => string.CompareOrdinal(other.Topic, topic.Topic) < 0);
        if (at < topics.Length && topics[at].Topic == topic.Topic)
        {
            return topics[at].Stamp >= topic.Stamp ? state : state.With(source with { CorrectedTopics = topics.SetItem(at, topic) });
        }

        return Retention.Prune(state).Find(source.Source)!.CorrectedTopics.Length >= Limits.Customers.CorrectedTopics
            ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Customers.CorrectedTopics} corrected topics of a source")
            : state.With(source with { CorrectedTopics = topics.Insert(at, topic) });
    }
}

/// <summary>How a survey answer changes the state: it counts as one message, and the latest answer of each source is stored.</summary>
internal static class SurveyRules
{
    public static CustomerState Take(CustomerState state, SurveySignal signal, Stamp stamp, Observation? observation)
    {
        if (observation is not { } answer)
        {
            return state;
        }

        var source = Ring.Observe(state.Find(signal.Source)!, stamp.Second, answer).NoteScored(stamp.Second, answer);
        if (source.Survey is null || stamp > source.Survey.Stamp)
        {
            source = source with
            {
                Survey = new SurveyAnswer(
                    stamp,
                    answer.Score,
                    signal.Question,
                    Thousandths.Of(signal.Answer),
                    Thousandths.Of(signal.ScaleMinimum),
                    Thousandths.Of(signal.ScaleMaximum)),
            };
        }

        return TopicRules.Mention(state.With(source), signal.Source, signal.Topics, stamp.Second, answer);
    }
}

/// <summary>Which score replaces the inferred headline score: the customer's correction, else a survey answer, else an agent's correction; among equals the latest.</summary>
internal static class Overrides
{
    public static StandingScore? Standing(Seen seen)
    {
        StandingScore? best = null;
        foreach (var source in seen.Sources)
        {
            var id = source.Context.Source;
            if (source.Context.Score is { } corrected)
            {
                var author = id == SourceId.Customer ? Author.Customer : Author.Agent;
                Consider(new StandingScore(author, id, corrected.Stamp, corrected.Score, Limits.Customers.CorrectionSeconds));
            }

            if (source.Context.Survey is { } survey)
            {
                Consider(new StandingScore(Author.Survey, id, survey.Stamp, survey.Score, Limits.Customers.SurveySeconds));
            }

            void Consider(StandingScore next)
            {
                if (source.SeesMillisecond(next.Stamp.At) && seen.Now - next.Stamp.Second < next.StandsSeconds && (best is null || next.Beats(best)))
                {
                    best = next;
                }
            }
        }

        return best;
    }
}

/// <summary>A score that replaces the inferred one.</summary>
internal sealed record StandingScore(Author Author, SourceId Source, Stamp Stamp, int Score, long StandsSeconds)
{
    public Provenance Provenance => Author == Author.Agent ? Provenance.Observed : Provenance.Declared;

    public ScoreOverride Shown => new(
        Author,
        DateTimeOffset.FromUnixTimeMilliseconds(Stamp.At),
        DateTimeOffset.FromUnixTimeSeconds(Stamp.Second + StandsSeconds));

    public bool Beats(StandingScore other) =>
        Author != other.Author ? Author > other.Author : ConversationRules.CompareLatest(Source, Stamp, other.Source, other.Stamp) > 0;
}
