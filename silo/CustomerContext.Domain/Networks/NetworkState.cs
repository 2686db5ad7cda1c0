using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Networks;

/// <summary>What a network has released to one audience.</summary>
/// <param name="Mood">What is shown now; absent: too few contribute, or somebody in the last release has gone.</param>
/// <param name="Contributors">How many the last release was made from, shown or not; 0 before the first.</param>
/// <param name="Steps">From each release to the next, of the last 30 days; oldest first.</param>
[GenerateSerializer, Immutable, Alias("NetworkState")]
public sealed record NetworkState(
    [property: Id(0)] NetworkMood? Mood,
    [property: Id(1)] int Contributors,
    [property: Id(2)] ImmutableArray<NetworkStride> Steps)
{
    /// <summary>Nothing yet.</summary>
    public static NetworkState Empty { get; } = new(null, 0, []);
}

/// <summary>How contributors changed from one release to the next, those in both only. Links of a chain, as of a price index: what came or went in between does not move it.</summary>
/// <param name="From">The earlier release.</param>
/// <param name="At">The later one.</param>
/// <param name="Both">How many are in both.</param>
/// <param name="Change">Sum of their changes in 1/50.</param>
/// <param name="Squares">Sum of the squares.</param>
[GenerateSerializer, Immutable, Alias("NetworkStride")]
public readonly record struct NetworkStride(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] int Both,
    [property: Id(3)] long Change,
    [property: Id(4)] long Squares);
