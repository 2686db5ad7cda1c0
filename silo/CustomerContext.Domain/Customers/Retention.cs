using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// What is too old to matter is dropped when something newer comes. "Too old" is counted from five minutes before the newest signal, as that
/// may lie ahead of the clock by so much: nothing is ever dropped that a reader could still see.
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
