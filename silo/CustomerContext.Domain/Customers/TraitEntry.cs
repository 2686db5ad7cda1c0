using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>A trait as one source says.</summary>
/// <param name="Name">Coded.</param>
/// <param name="Value">Empty: taken back, remembered so that a late older value does not revive it.</param>
/// <param name="Stamp">When.</param>
/// <param name="Corrects">True if it was said as a correction.</param>
[GenerateSerializer, Immutable, Alias("TraitEntry")]
public sealed record TraitEntry(
    [property: Id(0)] string Name,
    [property: Id(1)] string Value,
    [property: Id(2)] Stamp Stamp,
    [property: Id(3)] bool Corrects);
