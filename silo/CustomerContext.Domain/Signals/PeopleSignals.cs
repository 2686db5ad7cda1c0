using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>
/// A tie to another customer. From <see cref="SourceId.Customer"/> it is the customer's own statement; from any other source it is a claim, which the customer may confirm.
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

/// <summary>
/// A tribe joined or left. From <see cref="SourceId.Customer"/> it is the customer's own statement; from any other source it is a claim, which the customer may confirm.
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

/// <summary>Recognition by others.</summary>
[GenerateSerializer, Immutable, Alias("ReputationSignal")]
public sealed record ReputationSignal : Signal
{
    /// <summary>What kind.</summary>
    [Id(0)]
    public ReputationKind Kind { get; init; }

    /// <summary>For what, normalised by <see cref="TopicName"/>; empty: in general.</summary>
    [Id(1)]
    public string Topic { get; init; } = "";

    /// <summary>Coded name of the badge or level; empty: none.</summary>
    [Id(2)]
    public string Name { get; init; } = "";

    /// <summary>Who gave it; absent if not said, or if they are no customer.</summary>
    [Id(3)]
    public CustomerKey? Giver { get; init; }
}

/// <summary>What kind of recognition. The numbers are those of the public contract.</summary>
public enum ReputationKind
{
    /// <summary>Somebody said thanks.</summary>
    Kudos = 1,

    /// <summary>An answer was accepted or marked helpful.</summary>
    AcceptedAnswer = 2,

    /// <summary>A badge was given.</summary>
    Badge = 3,

    /// <summary>A level was reached.</summary>
    Level = 4,
}
