using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>Turns of the customer's own in one week, scored or not.</summary>
/// <param name="Week">Unix week.</param>
/// <param name="Count">At least 1.</param>
[GenerateSerializer, Immutable, Alias("PostWeek")]
public readonly record struct PostWeek([property: Id(0)] int Week, [property: Id(1)] int Count);
