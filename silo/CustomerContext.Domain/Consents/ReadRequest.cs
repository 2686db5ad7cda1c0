using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>Who acts.</summary>
public enum ActorRole
{
    /// <summary>A person of a tenant: must name the interaction in which they look.</summary>
    Person = 1,

    /// <summary>A tenant's service.</summary>
    Service,

    /// <summary>The customer themselves.</summary>
    Customer,

    /// <summary>A tenant's program that reasons by itself.</summary>
    AiReader,
}

/// <summary>A wish to read context. That the caller's token and the tenant's configuration allow tenant and purpose has been checked.</summary>
/// <param name="Tenant">For whom; absent for the customer themselves.</param>
/// <param name="Role">By a person, a service or an AI reader, or by the customer.</param>
/// <param name="Purpose">What for; only the customer may leave it open.</param>
/// <param name="Facets">What is asked for; at least one.</param>
/// <param name="Interaction">The call, case or chat; a person must name it, but for <see cref="ReadRequest.IsOfContact"/>.</param>
[GenerateSerializer, Immutable, Alias("ReadRequest")]
public sealed record ReadRequest(
    [property: Id(0)] TenantId? Tenant,
    [property: Id(1)] ActorRole Role,
    [property: Id(2)] Purpose? Purpose,
    [property: Id(3)] FacetSet Facets,
    [property: Id(4)] string? Interaction)
{
    /// <summary>True once the interaction itself has said that its id has not ended: a look may then begin its call for a grant that waits for one.</summary>
    [Id(5)]
    public bool MayBegin { get; init; }

    /// <summary>Which AI reader reads; absent for anybody else. It needs a box of its own in the grant.</summary>
    [Id(6)]
    public AiReader? Ai { get; init; }

    /// <summary>True if the customer is read as somebody who could answer another one: the interaction is the other's, so none is named here.</summary>
    [Id(7)]
    public bool IsOfContact { get; init; }
}
