using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>A network that the customer connected: it sends and never reads.</summary>
/// <param name="Network">Its configured name.</param>
/// <param name="Account">The customer's account there, by its immutable id. Personal data.</param>
/// <param name="Since">When it was connected.</param>
[GenerateSerializer, Immutable, Alias("ConnectedNetwork")]
public sealed record ConnectedNetwork([property: Id(0)] TenantId Network, [property: Id(1)] string Account, [property: Id(2)] DateTimeOffset Since);
