using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Grains.Identities;

/// <summary>One subject identifier; the key is its keyed hash, so the plain identifier is nowhere in the silo's state.</summary>
[Alias("IIdentityGrain")]
public interface IIdentityGrain : IGrainWithStringKey
{
    /// <summary>The one customer that this identifier proves; absent if it is nobody's, unverified or shared.</summary>
    [Alias("Resolve")]
    ValueTask<CustomerKey?> Resolve();

    /// <summary>The customer of this identifier; if it is nobody's yet, it becomes <paramref name="newcomer"/>'s. For identifiers that only their owner can present.</summary>
    [Alias("Claim")]
    Task<Outcome<CustomerKey>> Claim(CustomerKey newcomer);

    /// <summary>Links <paramref name="customer"/>. Idempotent. A second customer makes a weak identifier ambiguous.</summary>
    [Alias("Link")]
    Task<Refusal?> Link(CustomerKey customer, bool verified);

    /// <summary>Takes the link to <paramref name="customer"/> away. Idempotent.</summary>
    [Alias("Unlink")]
    Task Unlink(CustomerKey customer);
}
