using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>All that is known of the people around one customer. Arrays are sorted as stated and never default.</summary>
/// <param name="Ties">By (other, kind), ordinal.</param>
/// <param name="Memberships">By tribe, ordinal.</param>
/// <param name="Outgoing">What the customer tells their groups.</param>
/// <param name="Networks">What friends and followed people told; by (kind, audience).</param>
/// <param name="Influence">How others took up what the customer said.</param>
/// <param name="Window">Which signals are counted in <paramref name="Influence"/>: kept here, so that each counts once whatever becomes of the live context.</param>
[GenerateSerializer, Immutable, Alias("TiesState")]
public sealed record TiesState(
    [property: Id(0)] ImmutableArray<Tie> Ties,
    [property: Id(1)] ImmutableArray<Membership> Memberships,
    [property: Id(2)] Outgoing Outgoing,
    [property: Id(3)] ImmutableArray<Network> Networks,
    [property: Id(4)] InfluenceState Influence,
    [property: Id(5)] SignalWindow Window)
{
    /// <summary>Things learnt: equal numbers mean that nothing new was.</summary>
    [Id(6)]
    public long Taken { get; init; }

    /// <summary>What was last released of the influence.</summary>
    [Id(7)]
    public InfluenceRelease InfluenceShown { get; init; } = InfluenceRelease.None;

    /// <summary>The last question of a tribe that the customer was asked; absent if never.</summary>
    [Id(8)]
    public AskedQuestion? Asked { get; init; }

    /// <summary>Nobody around.</summary>
    public static TiesState Empty { get; } = new([], [], Outgoing.None, [], InfluenceState.Empty, SignalWindow.Empty);
}
