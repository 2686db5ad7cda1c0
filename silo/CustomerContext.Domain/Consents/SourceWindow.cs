using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>What some sources said from some instant on; <see cref="DateTimeOffset.MinValue"/> means from the beginning.</summary>
[GenerateSerializer, Immutable, Alias("SourceWindow")]
public sealed record SourceWindow([property: Id(0)] SourceScope Sources, [property: Id(1)] DateTimeOffset Since)
{
    /// <summary>True if everything in <paramref name="other"/> is in this one too.</summary>
    public bool Covers(SourceWindow other) => Since <= other.Since && Sources.Covers(other.Sources);
}
