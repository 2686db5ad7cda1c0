using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Grains.Ties;

/// <summary>The digits of one friend code; the key is their keyed hash.</summary>
[Alias("IFriendCodeGrain")]
public interface IFriendCodeGrain : IGrainWithStringKey
{
    /// <summary>Makes them a code of <paramref name="owner"/>'s. Idempotent. False: they are somebody else's.</summary>
    [Alias("Offer")]
    Task<bool> Offer(CustomerKey owner, DateTimeOffset until);

    /// <summary>Uses them up for <paramref name="by"/>; the same person may come again.</summary>
    /// <returns>Whose they are; absent: they open nothing.</returns>
    [Alias("Use")]
    Task<CustomerKey?> Use(CustomerKey by);

    /// <summary>Forgets whose they are, if they are <paramref name="owner"/>'s. Idempotent.</summary>
    [Alias("Forget")]
    Task Forget(CustomerKey owner);
}
