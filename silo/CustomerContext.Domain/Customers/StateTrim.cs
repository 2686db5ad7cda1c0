using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>Keeps the live context within its budget: beyond it, what matters least is shed, step by step, in the order below.</summary>
internal static class StateTrim
{
    private const int TopicsKept = 16;
    private const int TurnsKept = 2;
    private const int ConversationDaysKept = 2;

    private static readonly ImmutableArray<Func<CustomerState, CustomerState>> Steps =
    [
        WithoutWeeksBeyondUsual,
        state => TopicRules.Evict(state, TopicsKept),
        WithoutLinksButTheLatest,
        WithoutHoursBeyondToday,
        WithoutOlderTurns,
        state => WithoutDaysBefore(state, 2 * Limits.Sentiment.ChangeDays),
        state => TopicRules.Evict(state, TopicsKept / 4),
        WithoutConversationsButTheLatest,
        state => WithoutDaysBefore(state, Limits.Sentiment.TrendDays),
        state => TopicRules.Evict(state, 0),
    ];

    /// <summary>The state, at most 8 KiB by estimate; once beyond it, shed down to 7 KiB, so that not every signal sheds.</summary>
    public static CustomerState Fit(CustomerState state)
    {
        if (StateSize.Estimate(state) <= Limits.Customers.ContextBytes)
        {
            return state;
        }

        foreach (var step in Steps)
        {
            state = step(state);
            if (IsLean(state))
            {
                return state;
            }
        }

        while (!IsLean(state))
        {
            state = WithoutOldestBuckets(state); // In the end there are none, and the rest has limits of its own that fit.
        }

        return state;
    }

    private static bool IsLean(CustomerState state) => StateSize.Estimate(state) <= Limits.Customers.LeanContextBytes;

    private static CustomerState WithoutWeeksBeyondUsual(CustomerState state) => Each(state, source => source with
    {
        Weeks = Ring.DropTo(source.Weeks, (int)(state.Newest / Seconds.Week) - Limits.Sentiment.UsualWeeks - 1),
    });

    private static CustomerState WithoutHoursBeyondToday(CustomerState state) => Each(state, source => source with
    {
        Hours = Ring.DropTo(source.Hours, (int)(state.Newest / Seconds.Hour) - Limits.Sentiment.TodayHours - 1),
    });

    private static CustomerState WithoutDaysBefore(CustomerState state, int days) => Each(state, source => source with
    {
        Days = Ring.DropTo(source.Days, (int)(state.Newest / Seconds.Day) - days - 2),
    });

    private static CustomerState WithoutLinksButTheLatest(CustomerState state) => EachConversation(state, (conversation, isLatest) =>
        isLatest ? conversation : conversation with { Link = null, LinkFrom = default });

    private static CustomerState WithoutOlderTurns(CustomerState state) => EachConversation(state, (conversation, _) => conversation with
    {
        Turns = [.. conversation.Turns.TakeLast(TurnsKept)],
        Days = [.. conversation.Days.TakeLast(ConversationDaysKept)],
    });

    private static CustomerState WithoutConversationsButTheLatest(CustomerState state) => EachConversation(state, (conversation, isLatest) =>
        isLatest ? conversation : null);

    private static CustomerState WithoutOldestBuckets(CustomerState state) => Each(state, source => source with
    {
        Hours = WithoutFirst(source.Hours),
        Days = WithoutFirst(source.Days),
        Weeks = WithoutFirst(source.Weeks),
    });

    private static ImmutableArray<Bucket> WithoutFirst(ImmutableArray<Bucket> ring) => ring.IsEmpty ? ring : ring.RemoveAt(0);

    private static CustomerState EachConversation(CustomerState state, Func<Conversation, bool, Conversation?> change)
    {
        var latest = state.Sources
            .SelectMany(source => source.Conversations.Select(conversation => (source.Source, Conversation: conversation)))
            .Aggregate(((SourceId Source, Conversation Conversation)?)null, (best, next) =>
                best is { } kept && ConversationRules.CompareLatest(kept.Source, kept.Conversation.Turns[^1].Stamp, next.Source, next.Conversation.Turns[^1].Stamp) > 0
                    ? best
                    : next)?.Conversation;
        return Each(state, source => source with
        {
            Conversations = [.. source.Conversations.Select(each => change(each, ReferenceEquals(each, latest))).OfType<Conversation>()],
        });
    }

    private static CustomerState Each(CustomerState state, Func<SourceContext, SourceContext> change) =>
        state with { Sources = [.. state.Sources.Select(change)] };
}
