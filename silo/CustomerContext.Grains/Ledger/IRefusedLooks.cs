using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Grains.Ledger;

/// <summary>How often tenants were refused a look at a customer, by day. Counts and nothing else: no actor, no time, no purpose.</summary>
/// <remarks>Every method throws <see cref="LedgerUnavailableException"/> if the store does not answer within its deadline.</remarks>
public interface IRefusedLooks
{
    /// <summary>Adds to the counts, and drops those of days before <paramref name="firstDay"/>.</summary>
    Task AddAsync(CustomerKey customer, ImmutableArray<RefusedDay> looks, int firstDay);

    /// <summary>All counts of the customer, newest day first.</summary>
    Task<ImmutableArray<RefusedDay>> ListAsync(CustomerKey customer);

    /// <summary>Deletes all counts of the customer.</summary>
    Task ForgetAsync(CustomerKey customer);
}

/// <summary>Refused looks of one tenant on one day.</summary>
/// <param name="Tenant">Who wanted to look.</param>
/// <param name="Day">Days since the Unix epoch in UTC.</param>
/// <param name="Looks">How often, at least 1.</param>
[GenerateSerializer, Immutable, Alias("RefusedDay")]
public readonly record struct RefusedDay([property: Id(0)] TenantId Tenant, [property: Id(1)] int Day, [property: Id(2)] long Looks);
