using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Domain.Interactions;

/// <summary>A yes to <em>collect</em> for one call: the sources stand in the preferences too, and leave them with the call.</summary>
/// <param name="Tenant">The tenant of the call.</param>
/// <param name="Interaction">An id of the call.</param>
/// <param name="Sources">What may be collected.</param>
/// <param name="Until">First instant at which nothing of it is kept any more, whatever has become of the call.</param>
[GenerateSerializer, Immutable, Alias("CallCollect")]
public sealed record CallCollect(
    [property: Id(0)] TenantId Tenant, [property: Id(1)] string Interaction, [property: Id(2)] SourceScope Sources, [property: Id(3)] DateTimeOffset Until);
