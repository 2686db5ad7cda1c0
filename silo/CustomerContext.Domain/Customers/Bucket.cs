using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>Sums of one hour, day or week. Never empty: the weight is at least 1.</summary>
/// <param name="Index">Unix second divided by 3,600, 86,400 or 604,800 (weeks since the epoch begin on Thursdays), rounded down.</param>
/// <param name="Score">N: sum of weight x score, thousandths.</param>
/// <param name="Weight">D: sum of weights, thousandths.</param>
/// <param name="Count">Messages and answers scored.</param>
[GenerateSerializer, Immutable, Alias("Bucket")]
public readonly record struct Bucket(
    [property: Id(0)] int Index,
    [property: Id(1)] long Score,
    [property: Id(2)] long Weight,
    [property: Id(3)] int Count);
