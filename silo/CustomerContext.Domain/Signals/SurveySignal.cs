using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>The customer's answer to a question about how they feel.</summary>
[GenerateSerializer, Immutable, Alias("SurveySignal")]
public sealed record SurveySignal : Signal
{
    /// <summary>Coded name of the question.</summary>
    [Id(0)]
    public string Question { get; init; } = "";

    /// <summary>The answer, within the scale; need not be whole.</summary>
    [Id(1)]
    public double Answer { get; init; }

    /// <summary>The worst answer of the scale, for example 1 or 0; below <see cref="ScaleMaximum"/>.</summary>
    [Id(2)]
    public double ScaleMinimum { get; init; }

    /// <summary>The best answer of the scale, for example 5 or 10.</summary>
    [Id(3)]
    public double ScaleMaximum { get; init; }

    /// <summary>At most 8 topics, normalised by <see cref="TopicName"/>.</summary>
    [Id(4)]
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>The question of a tribe that this answers; absent: none.</summary>
    [Id(5)]
    public string? PanelQuestion { get; init; }
}
