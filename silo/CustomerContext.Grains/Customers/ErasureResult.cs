using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What is handed out about an erasure that is done.</summary>
/// <param name="Receipt">Signed (<see cref="SignedTypes.Erasure"/>); names nobody.</param>
/// <param name="Head">The end of the chain, which stays.</param>
[GenerateSerializer, Immutable, Alias("ErasureResult")]
public sealed record ErasureResult([property: Id(0)] string Receipt, [property: Id(1)] ChainHead Head);
