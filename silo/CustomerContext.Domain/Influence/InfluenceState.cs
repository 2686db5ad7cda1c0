using System.Collections.Immutable;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Influence;

/// <summary>How others took up what a customer said, over 90 days. Made by <see cref="InfluenceRules"/>.</summary>
/// <param name="Topics">Ordinal by topic, at most <see cref="Limits.Influence.Topics"/>.</param>
[GenerateSerializer, Immutable, Alias("InfluenceState")]
public sealed record InfluenceState([property: Id(0)] ImmutableArray<TopicReach> Topics)
{
    /// <summary>Nothing known.</summary>
    public static InfluenceState Empty { get; } = new([]);
}

/// <summary>The same of one topic.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="People">Distinct opted-in people who replied or found it helpful, by pseudonym; at most <see cref="Limits.Influence.People"/>.</param>
/// <param name="Weeks">Answers, ascending by week.</param>
[GenerateSerializer, Immutable, Alias("TopicReach")]
public sealed record TopicReach(
    [property: Id(0)] string Topic,
    [property: Id(1)] ImmutableArray<ReachedPerson> People,
    [property: Id(2)] ImmutableArray<AnswerWeek> Weeks);

/// <summary>Somebody who reacted.</summary>
/// <param name="Pseudonym">Who, to this customer only (<see cref="GroupKind.Reached"/>).</param>
/// <param name="Week">Unix week of the latest time.</param>
[GenerateSerializer, Immutable, Alias("ReachedPerson")]
public readonly record struct ReachedPerson([property: Id(0)] Pseudonym Pseudonym, [property: Id(1)] int Week);

/// <summary>Answers of one week.</summary>
/// <param name="Week">Unix week.</param>
/// <param name="Answered">Answers given.</param>
/// <param name="Helpful">Answers marked helpful.</param>
[GenerateSerializer, Immutable, Alias("AnswerWeek")]
public readonly record struct AnswerWeek([property: Id(0)] int Week, [property: Id(1)] int Answered, [property: Id(2)] int Helpful);
