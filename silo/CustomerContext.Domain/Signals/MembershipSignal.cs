using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>
/// A tribe joined or left. From <see cref="SourceId.Customer"/> it is the customer's own word; from anybody else a claim, which the customer may confirm.
/// </summary>
[GenerateSerializer, Immutable, Alias("MembershipSignal")]
public sealed record MembershipSignal : Signal
{
    /// <summary>The tribe.</summary>
    [Id(0)]
    public TribeId Tribe { get; init; }

    /// <summary>Joined or left.</summary>
    [Id(1)]
    public TieChange Change { get; init; }
}
