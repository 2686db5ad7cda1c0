using System.Collections.Immutable;
using CustomerContext.Domain.Influence;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>How much a customer's voice counted at its last daily release. Unix seconds.</summary>
/// <param name="Topics">On what.</param>
/// <param name="At">When it was released; 0 before the first.</param>
/// <param name="Due">When the next release is due; 0 while there is nothing to release.</param>
[GenerateSerializer, Immutable, Alias("InfluenceRelease")]
public sealed record InfluenceRelease(
    [property: Id(0)] ImmutableArray<TopicInfluence> Topics, [property: Id(1)] long At, [property: Id(2)] long Due)
{
    /// <summary>Nothing yet.</summary>
    public static InfluenceRelease None { get; } = new([], 0, 0);
}
