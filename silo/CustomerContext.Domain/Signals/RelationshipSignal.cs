using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>
/// A tie to another customer. From <see cref="SourceId.Customer"/> it is the customer's own word; from anybody else a claim, which the customer may confirm.
/// </summary>
[GenerateSerializer, Immutable, Alias("RelationshipSignal")]
public sealed record RelationshipSignal : Signal
{
    /// <summary>The other customer; a key of nobody if the sender named somebody who is none.</summary>
    [Id(0)]
    public CustomerKey Other { get; init; }

    /// <summary>What the tie is.</summary>
    [Id(1)]
    public TieKind Kind { get; init; }

    /// <summary>Whether it began or ended.</summary>
    [Id(2)]
    public TieChange Change { get; init; }
}

/// <summary>What a tie is. The numbers are those of the public contract.</summary>
public enum TieKind
{
    /// <summary>Friends: holds once both said so.</summary>
    Friend = 1,

    /// <summary>The subject follows the other: holds once the subject said so.</summary>
    Follows = 2,
}

/// <summary>What happened to a tie or a membership. The numbers are those of the public contract.</summary>
public enum TieChange
{
    /// <summary>It began; joined.</summary>
    Began = 1,

    /// <summary>It ended; left.</summary>
    Ended = 2,
}
