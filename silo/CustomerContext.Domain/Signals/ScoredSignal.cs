using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>A well-formed signal with what it says about how the customer feels: what enters the grain.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Observation">Absent if it says nothing (not the customer's, no score, or too little confidence).</param>
[GenerateSerializer, Immutable, Alias("ScoredSignal")]
public sealed record ScoredSignal([property: Id(0)] Signal Signal, [property: Id(1)] Observation? Observation);

/// <summary>One score with its weight.</summary>
/// <param name="Score">-1000 to 1000, thousandths.</param>
/// <param name="Weight">1 to 1000, thousandths of one average message: the confidence.</param>
/// <param name="Provenance">How we know.</param>
[GenerateSerializer, Immutable, Alias("Observation")]
public readonly record struct Observation(
    [property: Id(0)] int Score,
    [property: Id(1)] int Weight,
    [property: Id(2)] Provenance Provenance);

/// <summary>How a value came to be known, weakest first.</summary>
public enum Provenance
{
    /// <summary>Worked out here from words.</summary>
    Inferred = 1,

    /// <summary>Seen by somebody else: an agent, or a sender's own score.</summary>
    Observed = 2,

    /// <summary>Said by the customer.</summary>
    Declared = 3,
}
