using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>What one source told us.</summary>
/// <param name="Source">Who.</param>
/// <param name="Heard">When a score last came, by how it was known.</param>
/// <param name="Hours">About 48, ascending.</param>
/// <param name="Days">About 35, ascending.</param>
/// <param name="Weeks">About 26, ascending.</param>
/// <param name="Conversations">Ordinal by id; at most 5 over all sources.</param>
/// <param name="Topics">Ordinal by topic; at most 64 over all sources.</param>
/// <param name="Traits">Ordinal by (name, value); at most 16 over all sources, and 16 taken back.</param>
/// <param name="CorrectedTopics">Ordinal by topic; at most 8 over all sources.</param>
/// <param name="Score">The latest correction of the headline score.</param>
/// <param name="Survey">The latest survey answer.</param>
/// <param name="Upstream">The latest score of an upstream system.</param>
[GenerateSerializer, Immutable, Alias("SourceContext")]
public sealed record SourceContext(
    [property: Id(0)] SourceId Source,
    [property: Id(1)] Heard Heard,
    [property: Id(2)] ImmutableArray<Bucket> Hours,
    [property: Id(3)] ImmutableArray<Bucket> Days,
    [property: Id(4)] ImmutableArray<Bucket> Weeks,
    [property: Id(5)] ImmutableArray<Conversation> Conversations,
    [property: Id(6)] ImmutableArray<TopicEntry> Topics,
    [property: Id(7)] ImmutableArray<TraitEntry> Traits,
    [property: Id(8)] ImmutableArray<CorrectedTopic> CorrectedTopics,
    [property: Id(9)] CorrectedScore? Score,
    [property: Id(10)] SurveyAnswer? Survey,
    [property: Id(11)] UpstreamEntry? Upstream)
{
    /// <summary>The customer's own turns by week, ascending; about 13 weeks.</summary>
    [Id(12)]
    public ImmutableArray<PostWeek> Posts { get; init; } = [];

    /// <summary>A source that has said nothing yet.</summary>
    public static SourceContext Of(SourceId source) => new(source, default, [], [], [], [], [], [], [], null, null, null);
}

/// <summary>When the latest score of each provenance came.</summary>
/// <param name="Inferred">Unix second; 0 if none.</param>
/// <param name="Observed">Unix second; 0 if none.</param>
/// <param name="Declared">Unix second; 0 if none.</param>
[GenerateSerializer, Immutable, Alias("Heard")]
public readonly record struct Heard(
    [property: Id(0)] long Inferred,
    [property: Id(1)] long Observed,
    [property: Id(2)] long Declared);
