using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using Orleans;

namespace CustomerContext.Grains.Identities;

/// <summary>One subject identifier; the key is its keyed hash, so the plain identifier is nowhere in the silo's state.</summary>
[Alias("IIdentityGrain")]
public interface IIdentityGrain : IGrainWithStringKey
{
    /// <summary>Whose it is.</summary>
    [Alias("Get")]
    ValueTask<IdentityState> Get();

    /// <summary>The customer of this identifier; if it is nobody's yet, it becomes <paramref name="newcomer"/>'s. For identifiers that only their owner can present.</summary>
    [Alias("Claim")]
    Task<Outcome<CustomerKey>> Claim(CustomerKey newcomer);

    /// <summary>Links <paramref name="customer"/>. Idempotent. A second customer makes a weak identifier ambiguous.</summary>
    [Alias("Link")]
    Task Link(CustomerKey customer, bool verified);

    /// <summary>Takes the link to <paramref name="customer"/> away. Idempotent.</summary>
    [Alias("Unlink")]
    Task Unlink(CustomerKey customer);

    /// <summary>Takes over what was known of it under an older key of the deployment. Idempotent.</summary>
    [Alias("TakeOver")]
    Task TakeOver(IdentityState older);
}
