using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>How many members have a topic on their minds, and how their influence on it is spread.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Members">On whose minds it is.</param>
/// <param name="Influence">How many of them have which influence, lowest first; those with none left out.</param>
[GenerateSerializer, Immutable, Alias("TopicSums")]
public sealed record TopicSums(
    [property: Id(0)] string Topic,
    [property: Id(1)] int Members,
    [property: Id(2)] ImmutableArray<InfluenceCount> Influence)
{
    /// <summary>On nobody's mind.</summary>
    public static TopicSums None(string topic) => new(topic, 0, []);

    /// <summary>With one member more.</summary>
    public TopicSums With(int influence) => this with
    {
        Members = Members + 1,
        Influence = influence > 0 ? Merge(Influence, [new InfluenceCount(influence, 1)]) : Influence,
    };

    /// <summary>Two disjoint groups' topics together.</summary>
    public static ImmutableArray<TopicSums> Merge(ImmutableArray<TopicSums> left, ImmutableArray<TopicSums> right) =>
    [
        .. left.Concat(right)
            .GroupBy(topic => topic.Topic, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.Aggregate((one, other) =>
                new TopicSums(one.Topic, one.Members + other.Members, Merge(one.Influence, other.Influence)))),
    ];

    /// <inheritdoc/>
    public bool Equals(TopicSums? other) =>
        other is not null && Topic == other.Topic && Members == other.Members && Influence.AsSpan().SequenceEqual(other.Influence.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Topic, Members, Influence.Length);

    private static ImmutableArray<InfluenceCount> Merge(ImmutableArray<InfluenceCount> left, ImmutableArray<InfluenceCount> right) =>
    [
        .. left.Concat(right)
            .GroupBy(count => count.Influence)
            .OrderBy(same => same.Key)
            .Select(same => new InfluenceCount(same.Key, same.Sum(count => count.Members))),
    ];
}

/// <summary>How many members have one influence.</summary>
/// <param name="Influence">In 1/50, 1 to 50.</param>
/// <param name="Members">At least 1.</param>
[GenerateSerializer, Immutable, Alias("InfluenceCount")]
public readonly record struct InfluenceCount([property: Id(0)] int Influence, [property: Id(1)] int Members);
