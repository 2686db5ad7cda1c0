using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>What became of a signal.</summary>
/// <param name="State">The state with it.</param>
/// <param name="IsDuplicate">True if it had been taken before; the state is then the same object.</param>
[GenerateSerializer, Immutable, Alias("Applied")]
public sealed record Applied([property: Id(0)] CustomerState State, [property: Id(1)] bool IsDuplicate);
