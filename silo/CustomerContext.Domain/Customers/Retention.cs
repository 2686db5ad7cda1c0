using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// Drops what is too old when a newer signal comes. Age is counted from five minutes before the newest signal, because a signal's time may be five minutes ahead of
/// the clock. So nothing is dropped that a reader could still see.
/// </summary>
internal static class Retention
{
    /// <summary>The state once a signal of this second is known.</summary>
    public static CustomerState Advance(CustomerState state, long second) =>
        second > state.Newest ? state with { Newest = second } : state;

    /// <summary>The state without what is too old.</summary>
    public static CustomerState Prune(CustomerState state)
    {
        for (var i = 0; i < state.Sources.Length; i++)
        {
            var source = state.Sources[i];
            var pruned = Prune(source, Settled(state));
            if (!ReferenceEquals(pruned, source))
            {
                state = state with { Sources = state.Sources.SetItem(i, pruned) };
            }
        }

        return state;
    }

    /// <summary>The newest week whose mentions of topics are too old.</summary>
    public static int LastTopicWeek(CustomerState state) => (int)(Settled(state) / Seconds.Week) - Limits.Customers.TopicWeeks;

    private static long Settled(CustomerState state) => state.Newest - Limits.Signals.AheadSeconds;

    private static SourceContext Prune(SourceContext source, long settled)
    {
        var hours = Ring.DropTo(source.Hours, (int)(settled / Seconds.Hour) - Limits.Customers.HourBuckets);
        var days = Ring.DropTo(source.Days, (int)(settled / Seconds.Day) - Limits.Customers.DayBuckets);
        var weeks = Ring.DropTo(source.Weeks, (int)(settled / Seconds.Week) - Limits.Customers.WeekBuckets);
        var posts = PostRules.DropTo(source.Posts, (int)(settled / Seconds.Week) - Limits.Groups.PostWeeks);
        var topics = TopicRules.DropTo(source.Topics, (int)(settled / Seconds.Week) - Limits.Customers.TopicWeeks);
        var corrected = source.CorrectedTopics.RemoveAll(topic => topic.Stamp.Second < settled - Limits.Customers.CorrectionSeconds);
        return hours == source.Hours && days == source.Days && weeks == source.Weeks && topics == source.Topics && corrected == source.CorrectedTopics
                && posts == source.Posts
            ? source
            : source with { Hours = hours, Days = days, Weeks = weeks, Topics = topics, CorrectedTopics = corrected, Posts = posts };
    }
}

/// <summary>Keeps the live context within its budget of bytes. Beyond the budget it drops the least important parts, step by step, in the order of <see cref="Steps"/>.</summary>
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

    /// <summary>The state, at most 8 KiB by estimate. Beyond that it is reduced to 7 KiB, so that not every signal has to drop something.</summary>
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
            state = WithoutOldestBuckets(state); // This ends: without any buckets the rest fits, since each of its parts has a limit of its own.
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
