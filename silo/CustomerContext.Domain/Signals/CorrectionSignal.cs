using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>
/// Somebody says that a shown value is wrong: the customer, if the source is <see cref="Common.SourceId.Customer"/>, else an agent of the
/// source's tenant. Exactly one of the three targets is set. The latest counts, for 90 days.
/// </summary>
[GenerateSerializer, Immutable, Alias("CorrectionSignal")]
public sealed record CorrectionSignal : Signal
{
    /// <summary>What the headline score should be, -1 to 1.</summary>
    [Id(0)]
    public double? Score { get; init; }

    /// <summary>What holds about a topic.</summary>
    [Id(1)]
    public TopicCorrection? Topic { get; init; }

    /// <summary>What a trait should be.</summary>
    [Id(2)]
    public TraitCorrection? Trait { get; init; }
}

/// <summary>What holds about a topic.</summary>
/// <param name="Topic">Normalised by <see cref="TopicName"/>.</param>
/// <param name="Score">How the customer feels about it, -1 to 1. Absent: it is not on their mind, so it is hidden until mentioned later than this.</param>
[GenerateSerializer, Immutable, Alias("TopicCorrection")]
public sealed record TopicCorrection([property: Id(0)] string Topic, [property: Id(1)] double? Score = null);

/// <summary>What a trait should be.</summary>
/// <param name="Name">As <see cref="TraitSignal.Name"/>.</param>
/// <param name="Value">As <see cref="TraitSignal.Value"/>; empty: nothing holds.</param>
[GenerateSerializer, Immutable, Alias("TraitCorrection")]
public sealed record TraitCorrection([property: Id(0)] string Name, [property: Id(1)] string Value);
