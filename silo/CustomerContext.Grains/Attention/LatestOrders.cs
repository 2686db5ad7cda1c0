using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Attention;

/// <summary>The latest that a queue was told of each customer, for as long as something older may still be on its way: at least <see cref="Limits.Attention.OnItsWay"/>.</summary>
internal sealed class LatestOrders(TimeProvider time)
{
    private Dictionary<CustomerKey, long> _recent = [];
    private Dictionary<CustomerKey, long> _before = [];
    private DateTimeOffset _since = time.GetUtcNow();

    /// <summary>Notes <paramref name="order"/>; false if a later one has been told.</summary>
    public bool IsLatest(CustomerKey customer, long order)
    {
        if (time.GetUtcNow() - _since >= Limits.Attention.OnItsWay)
        {
            (_before, _recent, _since) = (_recent, [], time.GetUtcNow());
        }

        var known = Math.Max(_recent.GetValueOrDefault(customer, long.MinValue), _before.GetValueOrDefault(customer, long.MinValue));
        _recent[customer] = Math.Max(known, order);
        return order >= known;
    }
}
