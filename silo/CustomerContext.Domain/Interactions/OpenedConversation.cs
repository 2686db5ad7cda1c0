using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Interactions;

/// <summary>"Yes, I'm talking to them now", as the customer said on their page.</summary>
/// <param name="Tenant">With whom.</param>
/// <param name="Until">First instant at which it is over.</param>
[GenerateSerializer, Immutable, Alias("OpenedConversation")]
public sealed record OpenedConversation([property: Id(0)] TenantId Tenant, [property: Id(1)] DateTimeOffset Until);

/// <summary>The customer says that they are talking to <paramref name="Tenant"/> (<paramref name="IsOpen"/>), or no longer are.</summary>
[GenerateSerializer, Immutable, Alias("SetConversation")]
public sealed record SetConversation([property: Id(0)] string RequestId, [property: Id(1)] TenantId Tenant, [property: Id(2)] bool IsOpen);
