using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>How the customer feels. Scores, confidences, changes and errors in thousandths.</summary>
/// <param name="Score">That of the override, else of the horizon week; absent below the floor.</param>
/// <param name="Confidence">1000 for an override, else that of the horizon week; absent if nothing was ever heard.</param>
/// <param name="Provenance">Of the score: the weakest within the horizon week's 35 days; absent if nothing is known.</param>
/// <param name="Word">The score in a word.</param>
/// <param name="Messages">Scored messages and answers of the horizon week.</param>
/// <param name="LatestEvidence">When a score last came, to the second; absent if never.</param>
/// <param name="Today">The last 24 hour buckets.</param>
/// <param name="Week">35 day buckets with a half-life of 7 days.</param>
/// <param name="Usual">The last 12 week buckets.</param>
/// <param name="LastKnown">If the score is absent: the latest day, or else week, that has one; absent if there is none.</param>
/// <param name="Trend">Where it is heading.</param>
/// <param name="Changes">Abrupt changes of the last 7 whole days, newest first.</param>
/// <param name="Sparkline">14 days, today last; empty if nothing was heard in them.</param>
/// <param name="Evidence">Links of conversations with scored turns, newest first; at most 5.</param>
/// <param name="Override">Who stands above the inferred value; absent if nobody.</param>
/// <param name="Upstream">The latest of each source's upstream systems, ordinal by source.</param>
/// <param name="Conversations">Kept conversations, and survey answers, of the horizon week that have a score.</param>
[GenerateSerializer, Immutable, Alias("SentimentContent")]
public sealed record SentimentContent(
    [property: Id(0)] int? Score,
    [property: Id(1)] int? Confidence,
    [property: Id(2)] Provenance? Provenance,
    [property: Id(3)] SentimentWord Word,
    [property: Id(4)] int Messages,
    [property: Id(5)] DateTimeOffset? LatestEvidence,
    [property: Id(6)] Horizon Today,
    [property: Id(7)] Horizon Week,
    [property: Id(8)] Horizon Usual,
    [property: Id(9)] LastKnown? LastKnown,
    [property: Id(10)] Trend Trend,
    [property: Id(11)] ImmutableArray<ChangePoint> Changes,
    [property: Id(12)] ImmutableArray<SparkDay> Sparkline,
    [property: Id(13)] ImmutableArray<EvidenceLink> Evidence,
    [property: Id(14)] ScoreOverride? Override,
    [property: Id(15)] ImmutableArray<UpstreamContent> Upstream,
    [property: Id(16)] int Conversations)
{
    /// <summary>Nothing at all: what stands in place of a sentiment that is not shown.</summary>
    public static SentimentContent Nothing { get; } = new(
        null, null, null, SentimentWord.NotKnown, 0, null, default, default, default, null, new Trend(Direction.Unknown, null, null), [], [], [], null, [], 0);
}

/// <summary>Sentiment over one stretch of time.</summary>
/// <param name="Score">N / (D + w0); absent below the floor.</param>
/// <param name="Confidence">D / (D + w0).</param>
/// <param name="Messages">Scored messages and answers in it.</param>
[GenerateSerializer, Immutable, Alias("Horizon")]
public readonly record struct Horizon([property: Id(0)] int? Score, [property: Id(1)] int Confidence, [property: Id(2)] int Messages);

/// <summary>A score that has faded.</summary>
/// <param name="Score">Mean N / D of that day, or week.</param>
/// <param name="Day">Start of the day, or of the last day of the week.</param>
/// <param name="DaysAgo">Whole days before today.</param>
[GenerateSerializer, Immutable, Alias("LastKnown")]
public readonly record struct LastKnown([property: Id(0)] int Score, [property: Id(1)] DateTimeOffset Day, [property: Id(2)] int DaysAgo);

/// <summary>Mean of the last 24 hours minus mean of the days before.</summary>
/// <param name="Direction">Where to.</param>
/// <param name="Change">Absent if the direction is unknown.</param>
/// <param name="StandardError">Absent if the direction is unknown.</param>
[GenerateSerializer, Immutable, Alias("Trend")]
public readonly record struct Trend([property: Id(0)] Direction Direction, [property: Id(1)] int? Change, [property: Id(2)] int? StandardError);

/// <summary>An abrupt change of a whole day against the 7 before.</summary>
/// <param name="Day">Its start.</param>
/// <param name="Change">Mean minus mean.</param>
/// <param name="StandardError">Of the change.</param>
/// <param name="Topic">What it was most about; absent if nothing stands out.</param>
[GenerateSerializer, Immutable, Alias("ChangePoint")]
public sealed record ChangePoint(
    [property: Id(0)] DateTimeOffset Day,
    [property: Id(1)] int Change,
    [property: Id(2)] int StandardError,
    [property: Id(3)] string? Topic);

/// <summary>One day of the sparkline.</summary>
/// <param name="Day">Its start.</param>
/// <param name="Score">Mean N / D; absent if nothing was heard.</param>
/// <param name="Messages">Scored messages and answers.</param>
[GenerateSerializer, Immutable, Alias("SparkDay")]
public readonly record struct SparkDay([property: Id(0)] DateTimeOffset Day, [property: Id(1)] int? Score, [property: Id(2)] int Messages);

/// <summary>Where evidence lives.</summary>
[GenerateSerializer, Immutable, Alias("EvidenceLink")]
public sealed record EvidenceLink(
    [property: Id(0)] string Link,
    [property: Id(1)] DateTimeOffset OccurredAt,
    [property: Id(2)] SourceId Source);

/// <summary>Whose word stands above the inferred value.</summary>
/// <param name="Author">Whose.</param>
/// <param name="OccurredAt">When it was said.</param>
/// <param name="Until">Until when it stands.</param>
[GenerateSerializer, Immutable, Alias("ScoreOverride")]
public sealed record ScoreOverride(
    [property: Id(0)] Author Author,
    [property: Id(1)] DateTimeOffset OccurredAt,
    [property: Id(2)] DateTimeOffset Until);

/// <summary>What an upstream system said on its own scale, in thousandths of it.</summary>
[GenerateSerializer, Immutable, Alias("UpstreamContent")]
public sealed record UpstreamContent(
    [property: Id(0)] SourceId Source,
    [property: Id(1)] long Value,
    [property: Id(2)] long Minimum,
    [property: Id(3)] long Maximum,
    [property: Id(4)] DateTimeOffset OccurredAt);

/// <summary>Whose word it is, weakest first.</summary>
public enum Author
{
    /// <summary>Somebody's who acts for the company.</summary>
    Agent = 1,

    /// <summary>The customer's, asked by a survey.</summary>
    Survey = 2,

    /// <summary>The customer's, unasked.</summary>
    Customer = 3,
}

/// <summary>Sentiment in a word; never from one inferred message alone.</summary>
public enum SentimentWord
{
    /// <summary>Too little was heard, or too long ago.</summary>
    NotKnown = 0,

    /// <summary>A score of at most -0.2.</summary>
    Unhappy = 1,

    /// <summary>Between.</summary>
    Mixed = 2,

    /// <summary>A score of at least 0.2.</summary>
    Content = 3,
}

/// <summary>Which way it moves.</summary>
public enum Direction
{
    /// <summary>Too little was heard on one side.</summary>
    Unknown = 0,

    /// <summary>Better, by more than chance explains.</summary>
    Rising = 1,

    /// <summary>Worse, by more than chance explains.</summary>
    Falling = 2,

    /// <summary>No change beyond chance.</summary>
    Steady = 3,
}
