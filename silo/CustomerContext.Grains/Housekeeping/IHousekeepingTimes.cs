using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Housekeeping;

/// <summary>When each customer is next looked at: an erasure that has to be finished, records to prune, queues that have to be told, nobody heard for long.</summary>
/// <remarks>Every method throws <see cref="Ledger.LedgerUnavailableException"/> if the store does not answer within its deadline.</remarks>
public interface IHousekeepingTimes
{
    /// <summary>Sets the time of a customer, instead of the one before.</summary>
    Task SetAsync(CustomerKey customer, DateTimeOffset due);

    /// <summary>Customers whose time has come, the longest due first.</summary>
    /// <param name="now">Times up to and with this one have come.</param>
    /// <param name="max">How many at most, at least 1.</param>
    Task<ImmutableArray<CustomerKey>> ListDueAsync(DateTimeOffset now, int max);

    /// <summary>Forgets the time of a customer. Idempotent.</summary>
    Task RemoveAsync(CustomerKey customer);
}
