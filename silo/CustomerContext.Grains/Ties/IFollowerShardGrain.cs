using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using Orleans;

namespace CustomerContext.Grains.Ties;

/// <summary>
/// Part of the people whom one customer tells what they contribute: friends and followers. The key is made by <see cref="FollowerShards.KeyOf"/>. It tells them in its own time, a few
/// at once, until each has acknowledged, so that the customer's own turn stays short however many there are.
/// </summary>
/// <remarks>Every method throws <see cref="Durability.StateUnavailableException"/> if the store gives no sure answer.</remarks>
[Alias("IFollowerShardGrain")]
public interface IFollowerShardGrain : IGrainWithStringKey
{
    /// <summary>One more to tell; they will be told the latest. Idempotent for one yes (<paramref name="since"/>); after a later yes they are told again. False if there is no room.</summary>
    [Alias("Add")]
    Task<bool> Add(CustomerKey customer, TieKind kind, Stamp since);

    /// <summary>One less, unless they are there by a yes later than <paramref name="ended"/>. Idempotent.</summary>
    [Alias("Remove")]
    Task Remove(CustomerKey customer, TieKind kind, Stamp ended);

    /// <summary>Something to tell, durable when the answer is there.</summary>
    /// <param name="announcement">What.</param>
    /// <param name="untilNobodyHasMore">True to answer, if this takes something back, only when everybody has acknowledged.</param>
    [Alias("Tell")]
    Task Announce(Announcement announcement, bool untilNobodyHasMore);

    /// <summary>Forgets everybody, and that there ever was a customer.</summary>
    [Alias("Clear")]
    Task Clear();
}

/// <summary>Names of shards.</summary>
public static class FollowerShards
{
    /// <summary>The key of shard <paramref name="number"/> (from 0) of <paramref name="customer"/>.</summary>
    public static string KeyOf(CustomerKey customer, int number) => $"{customer.Value}/{number}";
}
