using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>Signals that were sent together, and what became of them.</summary>
/// <param name="Signals">The signals.</param>
/// <param name="Results">One for each, in their order.</param>
public sealed record PublishedBatch(IReadOnlyList<Signal> Signals, IReadOnlyList<SignalResult> Results);
