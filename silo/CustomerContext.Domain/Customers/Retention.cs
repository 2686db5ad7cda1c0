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
        var pages = source.Pages.RemoveAll(page => page.Read < settled - Limits.Help.KeepSeconds);
        var recent = source.Recent.RemoveAll(post => post.Stamp.Second / Seconds.Week <= (settled / Seconds.Week) - Limits.Customers.WeekBuckets);
        var outcomes = source.Outcomes.RemoveAll(said => said.Stamp.Second < settled - Limits.Customers.OutcomeSeconds);
        return hours == source.Hours && days == source.Days && weeks == source.Weeks && topics == source.Topics && corrected == source.CorrectedTopics
                && posts == source.Posts && pages == source.Pages && outcomes == source.Outcomes && recent == source.Recent
            ? source
            : source with { Hours = hours, Days = days, Weeks = weeks, Topics = topics, CorrectedTopics = corrected, Posts = posts, Pages = pages, Outcomes = outcomes, Recent = recent };
    }
}

/// <summary>
/// Keeps the live context within its budget of bytes. Beyond it every source has an equal share, and one that takes more loses its least important parts, step by step, in the
/// order of <see cref="Steps"/>. A source that keeps to its share loses nothing, whatever others send.
/// </summary>
internal static class StateTrim
{
    private const int TopicsKept = 16;
    private const int TurnsKept = 2;
    private const int ConversationDaysKept = 2;
    private const int RecentPostsKept = 16;

    private static readonly ImmutableArray<Func<SourceContext, long, SourceContext>> Steps =
    [
        (source, _) => source with { Pages = [] },
        (source, _) => source with { Outcomes = [.. source.Outcomes.Take(Limits.Customers.Outcomes)] },
        (source, newest) => source with { Weeks = Ring.DropTo(source.Weeks, (int)(newest / Seconds.Week) - Limits.Sentiment.UsualWeeks - 1) },
        (source, newest) => TopicRules.Evict(source, TopicsKept, newest),
        (source, _) => EachConversation(source, (conversation, isLatest) => isLatest ? conversation : Bare(conversation)),
        (source, newest) => source with { Hours = Ring.DropTo(source.Hours, (int)(newest / Seconds.Hour) - Limits.Sentiment.TodayHours - 1) },
        (source, _) => EachConversation(source, (conversation, _) => conversation with
        {
            Turns = [.. conversation.Turns.TakeLast(TurnsKept)],
            Days = [.. conversation.Days.TakeLast(ConversationDaysKept)],
        }),
        (source, _) => source with { Recent = [.. source.Recent.TakeLast(RecentPostsKept)] },
        (source, newest) => WithoutDaysBefore(source, newest, 2 * Limits.Sentiment.ChangeDays),
        (source, newest) => TopicRules.Evict(source, TopicsKept / 4, newest),
        (source, _) => EachConversation(source, (conversation, isLatest) => isLatest ? conversation : null),
        (source, newest) => WithoutDaysBefore(source, newest, Limits.Sentiment.TrendDays),
        (source, newest) => TopicRules.Evict(source, 0, newest),
        (source, _) => EachConversation(source, (conversation, _) => Bare(conversation)),
        (source, _) => source with { Outcomes = [] },
        (source, _) => source with { Recent = [] },
    ];

    /// <summary>The state, at most 24 KiB by estimate. A source beyond its share then is reduced to 7/8 of it, so that not every signal has to drop something.</summary>
    public static CustomerState Fit(CustomerState state)
    {
        var size = StateSize.Estimate(state);
        if (size <= Limits.Customers.ContextBytes)
        {
            return state;
        }

        var share = (Limits.Customers.ContextBytes - size + state.Sources.Sum(StateSize.Of)) / state.Sources.Length;
        return state with { Sources = [.. state.Sources.Select(source => StateSize.Of(source) <= share ? source : Reduce(source, state.Newest, share / 8 * 7))] };
    }

    private static SourceContext Reduce(SourceContext source, long newest, int bytes)
    {
        foreach (var step in Steps)
        {
            source = step(source, newest);
            if (StateSize.Of(source) <= bytes)
            {
                return source;
            }
        }

        // Without any buckets the rest fits, since each of its parts has a limit of its own.
        while (StateSize.Of(source) > bytes && !(source.Hours.IsEmpty && source.Days.IsEmpty && source.Weeks.IsEmpty))
        {
            source = source with { Hours = WithoutFirst(source.Hours), Days = WithoutFirst(source.Days), Weeks = WithoutFirst(source.Weeks) };
        }

        return source;
    }

    private static SourceContext WithoutDaysBefore(SourceContext source, long newest, int days) =>
        source with { Days = Ring.DropTo(source.Days, (int)(newest / Seconds.Day) - days - 2) };

    private static ImmutableArray<Bucket> WithoutFirst(ImmutableArray<Bucket> ring) => ring.IsEmpty ? ring : ring.RemoveAt(0);

    /// <summary>A conversation without its link and without whom it is with.</summary>
    private static Conversation Bare(Conversation conversation) => conversation with
    {
        Link = null,
        LinkFrom = default,
        Counterparties = [.. conversation.Counterparties.Select(one => one with { Customer = null })],
    };

    private static SourceContext EachConversation(SourceContext source, Func<Conversation, bool, Conversation?> change)
    {
        var latest = source.Conversations.MaxBy(conversation => conversation.Turns[^1].Stamp);
        return source with { Conversations = [.. source.Conversations.Select(each => change(each, ReferenceEquals(each, latest))).OfType<Conversation>()] };
    }
}
