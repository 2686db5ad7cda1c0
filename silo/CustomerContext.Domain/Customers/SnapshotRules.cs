using System.Collections.Frozen;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Customers;

/// <summary>What a view of a customer shows. Pure; all formulas are in docs/numbers.md.</summary>
public static class SnapshotRules
{
    /// <summary>
    /// The four live facets at the start of <paramref name="now"/>'s minute, from the sources of <paramref name="view"/> only, and of each only what
    /// surely happened after its start: sums of a day, or week, count if that began after it; of the day itself what is kept turn by turn.
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
            TopicsView.Content(seen, topics, state.TopicError, traits),
            ConversationsView.Of(seen),
            TraitsView.Situation(traits));
    }

    /// <summary>Every topic that a view of all sources shows at this unix second.</summary>
    internal static FrozenSet<string> TopicsOnMind(CustomerState state, long second) =>
        TopicsView.Of(Seen.OfAll(state, second)).Select(topic => topic.Topic).ToFrozenSet(StringComparer.Ordinal);
}
