using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>All that a group ever learns of a member, as of one version. Times are unix seconds.</summary>
/// <param name="Pseudonym">Who, in this group only.</param>
/// <param name="Version">Which message of this member it is.</param>
/// <param name="Score">Their voice in 1/50, -50 to 50, good until <paramref name="HeardUntil"/>; absent if they are not heard.</param>
/// <param name="PostScore">Mean of what they wrote in 1/50, whatever they declared; absent if they wrote nothing of late.</param>
/// <param name="Posts">Posts of theirs within 90 days, 0 to <see cref="Limits.Groups.PostsCounted"/>.</param>
/// <param name="Stratum">How much they write.</param>
/// <param name="Since">Since when they contribute to this group.</param>
/// <param name="HeardUntil">When the score has lapsed; the member then still counts as one who is not heard. 0 without a score.</param>
/// <param name="FreshUntil">When the group drops the member by itself; never earlier than in a message before.</param>
/// <param name="Topics">What is on top of their mind, heaviest first, at most <see cref="Limits.Groups.Topics"/>.</param>
[GenerateSerializer, Immutable, Alias("Contribution")]
public sealed record Contribution(
    [property: Id(0)] Pseudonym Pseudonym,
    [property: Id(1)] ContributionVersion Version,
    [property: Id(2)] int? Score,
    [property: Id(3)] int? PostScore,
    [property: Id(4)] int Posts,
    [property: Id(5)] Stratum Stratum,
    [property: Id(6)] long Since,
    [property: Id(7)] long HeardUntil,
    [property: Id(8)] long FreshUntil,
    [property: Id(9)] ImmutableArray<ContributedTopic> Topics)
{
    /// <summary>True if the member counts at this unix second, among those who have contributed since <paramref name="latest"/> or earlier.</summary>
    public bool Counts(long second, long latest) => FreshUntil > second && Since <= latest;

    /// <summary>True if the voice counts at this unix second.</summary>
    public bool IsHeard(long second) => Score is not null && HeardUntil > second;
}

/// <summary>A topic on a member's mind.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Influence">The member's influence on it in 1/50, 0 to 50, rounded down.</param>
[GenerateSerializer, Immutable, Alias("ContributedTopic")]
public readonly record struct ContributedTopic([property: Id(0)] string Topic, [property: Id(1)] int Influence);

/// <summary>Takes a member's contribution out of a group: they left, withdrew their yes, or are erased.</summary>
/// <param name="Pseudonym">Who.</param>
/// <param name="Version">Everything up to this version is void.</param>
[GenerateSerializer, Immutable, Alias("Removal")]
public sealed record Removal([property: Id(0)] Pseudonym Pseudonym, [property: Id(1)] ContributionVersion Version);
