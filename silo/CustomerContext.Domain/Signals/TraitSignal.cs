using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>A declared or computed attribute. Names and what they allow: <see cref="TraitName"/>.</summary>
[GenerateSerializer, Immutable, Alias("TraitSignal")]
public sealed record TraitSignal : Signal
{
    /// <summary>A name of the public list, or a tenant's own beginning with <c>x-</c>.</summary>
    [Id(0)]
    public string Name { get; init; } = "";

    /// <summary>At most 64 characters; empty takes back what this source said (of a name with several values, all of them).</summary>
    [Id(1)]
    public string Value { get; init; } = "";
}
