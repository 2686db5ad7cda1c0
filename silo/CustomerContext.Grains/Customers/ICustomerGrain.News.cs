using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What companies are told.</summary>
public partial interface ICustomerGrain
{
    /// <summary>Has a company told again by webhook what it was told of its grants since then, as far as it still holds; how many messages that is.</summary>
    [Alias("TellNewsAgain")]
    Task<int> TellNewsAgain(TenantId tenant, DateTimeOffset from);
}
