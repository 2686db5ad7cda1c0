using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>What one view shows at one minute. Not known is absent or empty, never zero.</summary>
/// <param name="AsOf">The start of the minute.</param>
/// <param name="GoodUntil">When it must be made anew even if nothing new came: the end of the minute.</param>
/// <param name="Sentiment">SENTIMENT.</param>
/// <param name="TopOfMind">TOP_OF_MIND.</param>
/// <param name="Conversations">CONVERSATIONS: newest latest turn first, at most 5.</param>
/// <param name="Situation">SITUATION.</param>
[GenerateSerializer, Immutable, Alias("ContextSnapshot")]
public sealed record ContextSnapshot(
    [property: Id(0)] DateTimeOffset AsOf,
    [property: Id(1)] DateTimeOffset GoodUntil,
    [property: Id(2)] SentimentContent Sentiment,
    [property: Id(3)] TopOfMindContent TopOfMind,
    [property: Id(4)] ImmutableArray<ConversationContent> Conversations,
    [property: Id(5)] SituationContent Situation)
{
    /// <summary>Of CONVERSATIONS: what came of interactions, latest word first; at most <see cref="Limits.Customers.Outcomes"/>.</summary>
    [Id(6)]
    public ImmutableArray<InteractionOutcome> Outcomes { get; init; } = [];
}

/// <summary>What a view of a customer shows. Pure; all formulas are in docs/numbers.md.</summary>
public static class SnapshotRules
{
    /// <summary>
    /// The four live facets at the start of <paramref name="now"/>'s minute, from the sources of <paramref name="view"/> only, and of each source only what
    /// certainly happened after the start that the view gives it. Sums of a day or a week count if it began after the start. Of the day of the start itself the single stored turns count.
    /// </summary>
    public static ContextSnapshot Snapshot(CustomerState state, ContextView view, DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / Seconds.Minute * Seconds.Minute;
        var seen = Seen.Of(state, view, minute);
        var topics = TopicsView.Of(seen);
        var traits = TraitsView.Of(seen);
        return new ContextSnapshot(
            DateTimeOffset.FromUnixTimeSeconds(minute),
            DateTimeOffset.FromUnixTimeSeconds(minute + Seconds.Minute),
            SentimentView.Of(seen, topics),
            TopicsView.Content(seen, topics, traits),
            ConversationsView.Of(seen),
            TraitsView.Situation(traits))
        {
            Outcomes = [.. OutcomeRules.Of(state, view).Where(outcome => minute - outcome.At.Second < Limits.Customers.OutcomeSeconds).Take(Limits.Customers.Outcomes)],
        };
    }

    /// <summary>The customer's own days in <paramref name="view"/>, oldest first, today the last; none if nothing was heard in them.</summary>
    public static ImmutableArray<SparkDay> Days(CustomerState state, ContextView view, DateTimeOffset now) =>
        SentimentView.Days(Seen.Of(state, view, now.ToUnixTimeSeconds() / Seconds.Minute * Seconds.Minute), Limits.Customers.DayBuckets);

    /// <summary>Every topic that a view of all sources shows at this unix second.</summary>
    internal static FrozenSet<string> TopicsOnMind(CustomerState state, long second) =>
        TopicsView.Of(Seen.OfAll(state, second)).Select(topic => topic.Topic).ToFrozenSet(StringComparer.Ordinal);
}
