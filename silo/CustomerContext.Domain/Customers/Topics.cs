using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>The mentions of one topic by one source.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="LastMentioned">Unix second.</param>
/// <param name="Weeks">1 to 5, ascending.</param>
/// <param name="Missed">At most so much weight is missing, because the topic may have been evicted before. Absent: nothing is missing.</param>
/// <param name="LastShare">How much of a mention the last one was (of those in one second the greatest), thousandths, 1 to 1,000.</param>
[GenerateSerializer, Immutable, Alias("TopicEntry")]
public sealed record TopicEntry(
    [property: Id(0)] string Topic,
    [property: Id(1)] long LastMentioned,
    [property: Id(2)] ImmutableArray<TopicWeek> Weeks,
    [property: Id(3)] WeekSum? Missed,
    [property: Id(4)] int LastShare = 1_000);

/// <summary>
/// Sums of one week. A mention of share s (1; of behaviour less) at t counts s 2^((t - start of the week) / 7 d), s to 2 s; at read the sums fade by 2^((start of the week - now) / 7 d).
/// </summary>
/// <param name="Week">Unix week.</param>
/// <param name="Mentions">Thousandths.</param>
/// <param name="Score">N, thousandths.</param>
/// <param name="Weight">D, thousandths.</param>
[GenerateSerializer, Immutable, Alias("TopicWeek")]
public readonly record struct TopicWeek(
    [property: Id(0)] int Week,
    [property: Id(1)] long Mentions,
    [property: Id(2)] long Score,
    [property: Id(3)] long Weight);

/// <summary>A number of mentions as of the start of a week; fades from there with a half-life of 7 days.</summary>
/// <param name="Week">Unix week.</param>
/// <param name="Sum">Thousandths.</param>
[GenerateSerializer, Immutable, Alias("WeekSum")]
public readonly record struct WeekSum([property: Id(0)] int Week, [property: Id(1)] long Sum);

/// <summary>What a topic weighs in the state. Mentions are counted per source, topic and week; they fade when read, so time alone changes nothing stored.</summary>
internal static class TopicRules
{
    /// <summary>
    /// The state after the customer named <paramref name="topics"/> at <paramref name="second"/>. A topic in the customer's own words is one mention; a behaviour signal is <paramref name="share"/> thousandths of one.
    /// </summary>
    public static CustomerState Mention(
        CustomerState state, SourceId source, ImmutableArray<string> topics, long second, Observation? observation, int share = (int)Thousandths.One)
    {
        var week = (int)(second / Seconds.Week);
        if (topics.IsEmpty || week <= Retention.LastTopicWeek(state))
        {
            return state;
        }

        var sums = SumsOf(second, observation, share);
        foreach (var topic in topics)
        {
            state = Mention(state, source, topic, (second, share), sums);
            state = state.With(Evict(state.Find(source)!, Limits.Customers.Topics, state.Newest));
        }

        return state;
    }

    /// <summary>
    /// The source without what <paramref name="post"/> mentioned. A topic that nothing else mentions is gone; of others the last mention is that of the latest post that is left, or else the
    /// beginning of the last week in which there was one.
    /// </summary>
    public static SourceContext Without(SourceContext source, RecentPost post)
    {
        var sums = SumsOf(post.Stamp.Second, post.Observation, (int)Thousandths.One);
        return source with { Topics = [.. source.Topics.Select(entry => post.Topics.Contains(entry.Topic) ? Without(entry, sums, post, source.Recent) : entry).OfType<TopicEntry>()] };
    }

    /// <summary>The source with at most <paramref name="most"/> topics: those with the lowest weight at <paramref name="now"/> (unix second) are dropped.</summary>
    public static SourceContext Evict(SourceContext source, int most, long now)
    {
        while (source.Topics.Length > most)
        {
            var lightest = source.Topics.MinBy(entry => Weight(entry, now))!; // The first of equals, by topic.
            source = source with
            {
                Topics = source.Topics.Remove(lightest),
                TopicError = Greater(source.TopicError, Weight(lightest, now) + Weight(lightest.Missed, now), now),
            };
        }

        return source;
    }

    /// <summary>The entries without weeks up to and including <paramref name="last"/>, and without those that have none left.</summary>
    public static ImmutableArray<TopicEntry> DropTo(ImmutableArray<TopicEntry> topics, int last)
    {
        if (topics.All(topic => topic.Weeks[0].Week > last))
        {
            return topics;
        }

        return [.. topics
            .Select(topic => topic with { Weeks = topic.Weeks.RemoveAll(week => week.Week <= last) })
            .Where(topic => !topic.Weeks.IsEmpty)];
    }

    /// <summary>What is left at <paramref name="now"/> (unix second) of a sum, in thousandths.</summary>
    public static double Weight(WeekSum? sum, long now) => sum is { } kept ? kept.Sum * Seconds.Growth((kept.Week * Seconds.Week) - now) : 0;

    /// <summary>What one mention adds to its week: the weight that it would have at the start of the week, in whole thousandths.</summary>
    private static TopicWeek SumsOf(long second, Observation? observation, int share)
    {
        var week = (int)(second / Seconds.Week);
        var mention = (long)Math.Floor(share * Seconds.Growth(second - (week * Seconds.Week)));
        var (score, weight) = observation is { } heard
            ? (Thousandths.Divide(mention * heard.Weight * heard.Score, Thousandths.One * Thousandths.One), mention * heard.Weight / Thousandths.One)
            : (0, 0);
        return new TopicWeek(week, mention, score, weight);
    }

    private static TopicEntry? Without(TopicEntry entry, TopicWeek sums, RecentPost post, ImmutableArray<RecentPost> left)
    {
        var at = entry.Weeks.Count(week => week.Week < sums.Week);
        if (at == entry.Weeks.Length || entry.Weeks[at] is var known && known.Week != sums.Week)
        {
            return entry;
        }

        // A topic that was dropped for want of room and came back has less than was once counted.
        var (score, weight) = known.Weight < sums.Weight ? (0, 0) : (known.Score - sums.Score, known.Weight - sums.Weight);
        var rest = new TopicWeek(sums.Week, known.Mentions - sums.Mentions, score, weight);
        var weeks = rest.Mentions > 0 ? entry.Weeks.SetItem(at, rest) : entry.Weeks.RemoveAt(at);
        if (weeks.IsEmpty)
        {
            return null;
        }

        var last = entry.LastMentioned != post.Stamp.Second ? entry.LastMentioned
            : left.LastOrDefault(other => other.Topics.Contains(entry.Topic)) is { } before ? before.Stamp.Second
            : weeks[^1].Week * Seconds.Week;
        return entry with { Weeks = weeks, LastMentioned = last };
    }

    private static double Weight(TopicEntry topic, long now)
    {
        var weight = 0.0;
        foreach (var week in topic.Weeks)
        {
            weight += week.Mentions * Seconds.Growth((week.Week * Seconds.Week) - now);
        }

        return weight;
    }

    private static WeekSum? Greater(WeekSum? error, double weight, long now)
    {
        var week = (int)(now / Seconds.Week);
        return Weight(error, now) >= weight ? error : new WeekSum(week, (long)Math.Ceiling(weight * Seconds.Growth(now - (week * Seconds.Week))));
    }

    private static CustomerState Mention(CustomerState state, SourceId sourceId, string topic, (long Second, int Share) last, TopicWeek sums)
    {
        var source = state.Find(sourceId)!;
        var topics = source.Topics;
        var at = topics.Count(other => string.CompareOrdinal(other.Topic, topic) < 0);
        if (at == topics.Length || topics[at].Topic != topic)
        {
            return state.With(source with { Topics = topics.Insert(at, new TopicEntry(topic, last.Second, [sums], source.TopicError, last.Share)) });
        }

        var entry = topics[at];
        if (last.CompareTo((entry.LastMentioned, entry.LastShare)) < 0)
        {
            last = (entry.LastMentioned, entry.LastShare);
        }

        entry = entry with { LastMentioned = last.Second, LastShare = last.Share, Weeks = Add(entry.Weeks, sums) };
        return state.With(source with { Topics = topics.SetItem(at, entry) });
    }

    private static ImmutableArray<TopicWeek> Add(ImmutableArray<TopicWeek> weeks, TopicWeek more)
    {
        var at = weeks.Count(other => other.Week < more.Week);
        if (at == weeks.Length || weeks[at].Week != more.Week)
        {
            return weeks.Insert(at, more);
        }

        var old = weeks[at];
        return weeks.SetItem(at, new TopicWeek(old.Week, old.Mentions + more.Mentions, old.Score + more.Score, old.Weight + more.Weight));
    }
}

/// <summary>
/// How a behaviour signal changes the state: it counts as part of a mention of each of its topics, and its page is kept if it has one. It changes no score. A word on whether a page helped mentions nothing: who answers
/// a question about a page does not have its topic on their mind.
/// </summary>
internal static class BehaviourRules
{
    public static CustomerState Take(CustomerState state, BehaviourSignal signal, Stamp stamp) =>
        PageRules.Take(
            signal.Action is BehaviourAction.Helped or BehaviourAction.DidNotHelp
                ? state
                : TopicRules.Mention(state, signal.Source, signal.Topics, stamp.Second, null, Weight(signal.Action)),
            signal,
            stamp);

    /// <summary>
    /// The weight of one signal as a share of a mention, in thousandths. A deliberate action (a bookmark, a search) weighs more than a passive one (a view), and each
    /// weighs less than a topic that the customer writes about.
    /// </summary>
    private static int Weight(BehaviourAction action) => action switch
    {
        BehaviourAction.Bookmark or BehaviourAction.Search => Limits.Topics.DeliberateWeight,
        BehaviourAction.Dwell or BehaviourAction.Return => Limits.Topics.AttentiveWeight,
        _ => Limits.Topics.PassingWeight,
    };
}
