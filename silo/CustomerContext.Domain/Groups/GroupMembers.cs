using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>
/// A group, or one shard of it: the latest contribution of each member and nothing else. Messages may come repeated, late and in any order;
/// the result is the same. How it changes: <see cref="GroupRules"/>; what it adds up to: <see cref="GroupSums"/>.
/// </summary>
/// <param name="Members">By pseudonym, ascending.</param>
/// <param name="Removals">By pseudonym, ascending: who left within the last day. Nobody is in both.</param>
/// <param name="Gone">How many of those whom the last release heard were removed since.</param>
[GenerateSerializer, Immutable, Alias("GroupMembers")]
public sealed record GroupMembers(
    [property: Id(0)] ImmutableArray<GroupMember> Members,
    [property: Id(1)] ImmutableArray<GroupRemoval> Removals,
    [property: Id(2)] int Gone)
{
    /// <summary>Nobody.</summary>
    public static GroupMembers Empty { get; } = new([], [], 0);
}

/// <summary>One member.</summary>
/// <param name="Contribution">Their latest.</param>
/// <param name="Released">Their score as the last release had it; absent if they were not heard in it.</param>
[GenerateSerializer, Immutable, Alias("GroupMember")]
public sealed record GroupMember([property: Id(0)] Contribution Contribution, [property: Id(1)] ReleasedScore? Released);

/// <summary>What the last release was told of a member, to compare the next one with.</summary>
/// <param name="Score">In 1/50.</param>
/// <param name="PostScore">In 1/50; absent as in the contribution.</param>
[GenerateSerializer, Immutable, Alias("ReleasedScore")]
public readonly record struct ReleasedScore([property: Id(0)] int Score, [property: Id(1)] int? PostScore);

/// <summary>Somebody who was taken out.</summary>
/// <param name="Removal">Up to which version.</param>
/// <param name="KeptUntil">Unix second at which it is forgotten.</param>
[GenerateSerializer, Immutable, Alias("GroupRemoval")]
public sealed record GroupRemoval([property: Id(0)] Removal Removal, [property: Id(1)] long KeptUntil);

/// <summary>A group after some messages.</summary>
/// <param name="Members">After them.</param>
/// <param name="Refused">Whose contribution found no room. All other messages are done with: taken, known already, or void.</param>
[GenerateSerializer, Immutable, Alias("GroupStep")]
public sealed record GroupStep([property: Id(0)] GroupMembers Members, [property: Id(1)] ImmutableArray<Pseudonym> Refused);
