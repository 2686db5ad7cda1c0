using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Signals;

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
