using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>What one source told of one topic.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="LastMentioned">Unix second.</param>
/// <param name="Weeks">1 to 5, ascending.</param>
/// <param name="Missed">Most that may be missing, if the topic may have been evicted before; absent if exact.</param>
/// <param name="LastShare">How much of a mention the last one was (of those in one second the greatest), thousandths, 1 to 1,000.</param>
[GenerateSerializer, Immutable, Alias("TopicEntry")]
public sealed record TopicEntry(
    [property: Id(0)] string Topic,
    [property: Id(1)] long LastMentioned,
    [property: Id(2)] ImmutableArray<TopicWeek> Weeks,
    [property: Id(3)] WeekSum? Missed,
    [property: Id(4)] int LastShare = 1_000);

/// <summary>
/// Sums of one week. A mention at t counts 2^((t - start of the week) / 7 d), 1 to 2; at read the sums fade by 2^((start of the week - now) / 7 d).
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
