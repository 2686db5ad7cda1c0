using System.Collections.Concurrent;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Ciba;

/// <summary>
/// Keeps devices from being rung over and over until somebody presses yes: one question at a time for each customer, none of a tenant for a while after it was not a yes, and so many at once
/// for each tenant. Kept in memory, for each silo apart.
/// </summary>
internal sealed class DevicePauses(TimeProvider time)
{
    private readonly ConcurrentDictionary<CustomerKey, byte> _asking = new();
    private readonly ConcurrentDictionary<TenantId, int> _ofTenants = new();
    private readonly BoundedCache<(CustomerKey Customer, TenantId Tenant), DateTimeOffset> _until = new(Limits.Ciba.PausesRemembered);

    /// <summary>True if the device may be asked now; then it counts as being asked until <see cref="Ended"/>.</summary>
    public bool TryBegin(CustomerKey customer, TenantId tenant)
    {
        if ((_until.TryGet((customer, tenant), out var until) && time.GetUtcNow() < until) || !_asking.TryAdd(customer, 0))
        {
            return false;
        }

        if (_ofTenants.AddOrUpdate(tenant, 1, (_, count) => count + 1) <= Limits.Ciba.AskingPerTenant)
        {
            return true;
        }

        Leave(customer, tenant);
        return false;
    }

    /// <summary>The question is no longer on the device; <paramref name="outcome"/> is absent if it never was.</summary>
    public void Ended(CustomerKey customer, TenantId tenant, CibaOutcome? outcome)
    {
        if (outcome is not (null or CibaOutcome.Approved))
        {
            _until.Set((customer, tenant), time.GetUtcNow() + (outcome == CibaOutcome.Refused ? Limits.Ciba.PauseAfterNo : Limits.Ciba.Pause));
        }

        Leave(customer, tenant);
    }

    private void Leave(CustomerKey customer, TenantId tenant)
    {
        _asking.TryRemove(customer, out _);
        _ofTenants.AddOrUpdate(tenant, 0, (_, count) => count - 1);
    }
}
