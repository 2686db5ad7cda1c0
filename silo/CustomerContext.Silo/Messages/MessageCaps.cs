using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Messages;

/// <summary>How many messages one actor, and one tenant, cause in an hour of the clock. Kept in memory, for each silo apart. A repeat for the same request counts once.</summary>
internal sealed class MessageCaps(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(TenantId Tenant, string? Actor), int> _counts = [];
    private readonly HashSet<string> _joins = [];
    private long _hour;

    /// <summary>Counts a message for the request <paramref name="join"/>; true if it may go.</summary>
    public bool Take(TenantId tenant, string actor, string join)
    {
        lock (_lock)
        {
            var hour = time.GetUtcNow().ToUnixTimeSeconds() / (long)TimeSpan.FromHours(1).TotalSeconds;
            if (hour != _hour)
            {
                _counts.Clear();
                _joins.Clear();
                _hour = hour;
            }

            if (_joins.Contains(join))
            {
                return true;
            }

            var (ofActor, ofTenant) = (_counts.GetValueOrDefault((tenant, actor)), _counts.GetValueOrDefault((tenant, null)));
            if (ofActor >= Limits.Joins.MessagesPerActor || ofTenant >= Limits.Joins.MessagesPerTenant)
            {
                return false;
            }

            (_counts[(tenant, actor)], _counts[(tenant, null)]) = (ofActor + 1, ofTenant + 1);
            _joins.Add(join);
            return true;
        }
    }
}
