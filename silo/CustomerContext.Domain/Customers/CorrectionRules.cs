using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>How a correction changes what is known: the latest of each source counts.</summary>
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

        return Retention.Prune(state).Sources.Sum(other => other.CorrectedTopics.Length) >= Limits.Customers.CorrectedTopics
            ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Customers.CorrectedTopics} corrected topics")
            : state.With(source with { CorrectedTopics = topics.Insert(at, topic) });
    }
}
