using CustomerContext.Domain.Common;
using CustomerContext.Grains.Interactions;
using Orleans;

namespace CustomerContext.Silo.Api.Interactions;

/// <summary>Finds interactions by what tenants call them.</summary>
internal sealed class InteractionFinder(IGrainFactory grains, InteractionKeys keys)
{
    /// <summary>The key of the interaction that <paramref name="tenant"/> calls <paramref name="id"/>.</summary>
    public string KeyOf(TenantId tenant, string id) => keys.Of(tenant, id);

    /// <summary>The interaction that <paramref name="tenant"/> calls <paramref name="id"/>.</summary>
    public IInteractionGrain Find(TenantId tenant, string id) => grains.GetGrain<IInteractionGrain>(KeyOf(tenant, id));
}
