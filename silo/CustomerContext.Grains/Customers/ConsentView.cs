using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>Consent after a change.</summary>
/// <param name="Consent">All of it.</param>
/// <param name="Grant">The grant that the change was about; absent if it was about none.</param>
[GenerateSerializer, Immutable, Alias("ConsentView")]
public sealed record ConsentView([property: Id(0)] ConsentState Consent, [property: Id(1)] Grant? Grant);
