using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>Topics, likes and dislikes.</summary>
/// <param name="Confidence">W / (W + 1) over the weight W of the topics shown, thousandths; absent without topics.</param>
/// <param name="Topics">Heaviest first, then ordinal; at most 16.</param>
/// <param name="WeightError">A topic may weigh at most so much more than shown, thousandths. 0: of no source that is seen a topic has been evicted, neither as its 65th nor to save space.</param>
/// <param name="Likes">Said to be liked, newest first, then topics of a good score, heaviest first; at most 16.</param>
/// <param name="Dislikes">The same of dislike and a bad score.</param>
[GenerateSerializer, Immutable, Alias("TopOfMindContent")]
public sealed record TopOfMindContent(
    [property: Id(0)] int? Confidence,
    [property: Id(1)] ImmutableArray<TopicContent> Topics,
    [property: Id(2)] int WeightError,
    [property: Id(3)] ImmutableArray<LikedTopic> Likes,
    [property: Id(4)] ImmutableArray<LikedTopic> Dislikes);

/// <summary>A like or a dislike.</summary>
/// <param name="Topic">Normalised, or the coded value that was said.</param>
/// <param name="IsSaid">True if somebody said so (traits "like" and "dislike"); false if it was made from the topic's score, which makes it SENTIMENT.</param>
[GenerateSerializer, Immutable, Alias("LikedTopic")]
public readonly record struct LikedTopic([property: Id(0)] string Topic, [property: Id(1)] bool IsSaid);

/// <summary>One topic.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Weight">Decayed number of mentions, thousandths.</param>
/// <param name="LastMentioned">To the second.</param>
/// <param name="Score">Own sentiment, thousandths; absent below the floor.</param>
/// <param name="Confidence">Of the score, thousandths; absent with it.</param>
[GenerateSerializer, Immutable, Alias("TopicContent")]
public sealed record TopicContent(
    [property: Id(0)] string Topic,
    [property: Id(1)] int Weight,
    [property: Id(2)] DateTimeOffset LastMentioned,
    [property: Id(3)] int? Score,
    [property: Id(4)] int? Confidence);

/// <summary>The facet TOP_OF_MIND.</summary>
internal static class TopicsView
{
    /// <summary>All topics that are not corrected away, heaviest first, then ordinal.</summary>
    public static ImmutableArray<TopicSum> Of(Seen seen)
    {
        var entries = seen.Sources
            .SelectMany(source => source.Context.Topics.Select(entry => (Source: source, Entry: entry)))
            .Where(item => item.Source.SeesSecond(item.Entry.LastMentioned))
            .GroupBy(item => item.Entry.Topic, StringComparer.Ordinal);
        var corrections = Corrections(seen);
        return
        [
            .. entries
                .Select(group => Sum(seen, group.Key, group, corrections.GetValueOrDefault(group.Key)))
                .OfType<TopicSum>()
                .OrderByDescending(topic => topic.Weight)
                .ThenBy(topic => topic.Topic, StringComparer.Ordinal),
        ];
    }

    /// <summary>The content of the facet.</summary>
    public static TopOfMindContent Content(Seen seen, ImmutableArray<TopicSum> topics, ImmutableArray<TraitContent> traits)
    {
        ImmutableArray<TopicContent> shown =
        [
            .. topics.Take(Limits.Customers.TopicsShown).Select(topic => new TopicContent(
                topic.Topic,
                topic.Weight,
                DateTimeOffset.FromUnixTimeSeconds(topic.LastMentioned),
                topic.Sentiment.Score,
                topic.Sentiment.Score is null ? null : topic.Sentiment.Confidence)),
        ];
        var sure = topics.Where(topic => topic.Sentiment.Confidence > Limits.Topics.LikedAbove); // Never from one message alone.
        var weight = shown.Sum(topic => (long)topic.Weight);
        return new TopOfMindContent(
            weight == 0 ? null : (int)Thousandths.Ratio(weight, weight + Thousandths.One),
            shown,
            (int)Math.Ceiling(seen.Sources.Sum(source => TopicRules.Weight(source.Context.TopicError, seen.Now))),
            Liked(traits, TraitName.Like, sure.Where(topic => topic.Sentiment.Score >= Limits.Sentiment.ContentFrom)),
            Liked(traits, TraitName.Dislike, sure.Where(topic => topic.Sentiment.Score <= Limits.Sentiment.UnhappyFrom)));
    }

    private static ImmutableArray<LikedTopic> Liked(ImmutableArray<TraitContent> traits, string family, IEnumerable<TopicSum> topics) =>
    [
        .. TraitsView.NewestOf(traits, family).Select(trait => new LikedTopic(trait.Value, IsSaid: true))
            .Concat(topics.Select(topic => new LikedTopic(topic.Topic, IsSaid: false)))
            .DistinctBy(liked => liked.Topic, StringComparer.Ordinal)
            .Take(Limits.Customers.LikesShown),
    ];

    /// <summary>The standing correction of each topic: the customer's, else an agent's; of equals the latest.</summary>
    private static Dictionary<string, CorrectedTopic> Corrections(Seen seen)
    {
        var best = new Dictionary<string, CorrectedTopic>(StringComparer.Ordinal);
        foreach (var (source, topic) in seen.Sources
            .SelectMany(source => source.Context.CorrectedTopics.Select(topic => (Source: source, Topic: topic)))
            .Where(item => item.Source.SeesMillisecond(item.Topic.Stamp.At) && seen.Now - item.Topic.Stamp.Second < Limits.Customers.CorrectionSeconds)
            .OrderBy(item => item.Source.Context.Source == SourceId.Customer)
            .ThenBy(item => item.Topic.Stamp.At)
            .ThenBy(item => item.Source.Context.Source.Value, StringComparer.Ordinal))
        {
            best[topic.Topic] = topic;
        }

        return best;
    }

    private static TopicSum? Sum(Seen seen, string topic, IEnumerable<(SeenSource Source, TopicEntry Entry)> entries, CorrectedTopic? corrected)
    {
        var (mentions, score, weight, last) = (0.0, 0.0, 0.0, 0L);
        var weeks = ImmutableDictionary.CreateBuilder<int, long>();
        foreach (var (source, entry) in entries)
        {
            var own = 0.0;
            foreach (var week in entry.Weeks)
            {
                if (week.Week > Math.Max(seen.Week - Limits.Customers.TopicWeeks, source.WeekBeforeFirst) && week.Week <= seen.Week)
                {
                    var fade = Seconds.Growth((week.Week * Seconds.Week) - seen.Now);
                    own += week.Mentions * fade;
                    score += week.Score * fade;
                    weight += week.Weight * fade;
                    weeks[week.Week] = weeks.GetValueOrDefault(week.Week) + week.Score;
                }
            }

            mentions += source.IsWhole ? own : Math.Max(own, LastMention(seen, entry));
            last = Math.Max(last, entry.LastMentioned);
        }

        var shown = (int)Math.Round(mentions, MidpointRounding.AwayFromZero);
        var isHidden = shown == 0 || (corrected is { Score: null } && last <= corrected.Stamp.Second);
        var sentiment = corrected is { Score: { } said } ? new Horizon(said, (int)Thousandths.One, 0) : Sums.Shown(score, weight, 0);
        return isHidden ? null : new TopicSum(topic, shown, last, sentiment, weeks.ToImmutable());
    }

    /// <summary>The weight of the latest mention alone. Where a view covers a week only in part, this is all that is certain.</summary>
    private static double LastMention(Seen seen, TopicEntry entry) => entry.LastShare * Seconds.Growth(-Math.Max(0, seen.Now - entry.LastMentioned));
}

/// <summary>One topic over all seen sources.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Weight">Decayed mentions, thousandths, above 0.</param>
/// <param name="LastMentioned">Unix second.</param>
/// <param name="Sentiment">Own sentiment.</param>
/// <param name="Weeks">N of each week with a mention, as of its start, thousandths.</param>
internal sealed record TopicSum(string Topic, int Weight, long LastMentioned, Horizon Sentiment, ImmutableDictionary<int, long> Weeks);
