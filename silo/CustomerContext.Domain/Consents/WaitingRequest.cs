using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>What a tenant asks for, while the customer has not decided.</summary>
/// <param name="Id">The key of the request for consent, 32 lower-case hexadecimal digits.</param>
/// <param name="Tenant">Who asks.</param>
/// <param name="Terms">For what.</param>
/// <param name="Interaction">The call, case or chat in which they ask; absent if none is named.</param>
/// <param name="CreatedAt">When they asked.</param>
/// <param name="Until">First instant at which it no longer waits.</param>
[GenerateSerializer, Immutable, Alias("WaitingRequest")]
public sealed record WaitingRequest(
    [property: Id(0)] string Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] GrantTerms Terms,
    [property: Id(3)] string? Interaction,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] DateTimeOffset Until)
{
    /// <summary>Pseudonym of the tenant's actor who asks.</summary>
    [Id(6)]
    public string Actor { get; init; } = "";

    /// <summary>True once the customer said no: until its end the tenant is not heard again in that interaction.</summary>
    [Id(7)]
    public bool IsDeclined { get; init; }
}
