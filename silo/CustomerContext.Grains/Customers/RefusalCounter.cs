using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Customers;

/// <summary>Refused looks that are counted and not yet written.</summary>
internal sealed class RefusalCounter
{
    private readonly Dictionary<(TenantId Tenant, int Day), long> _counts = [];

    /// <summary>True if there is nothing to write.</summary>
    public bool IsEmpty => _counts.Count == 0;

    /// <summary>Counts one. It costs the same whether or not there is a customer.</summary>
    public void Count(TenantId tenant, DateTimeOffset now)
    {
        var day = (tenant, RetentionRules.DayOf(now));
        if (_counts.Count < Limits.Records.RefusedWaiting || _counts.ContainsKey(day))
        {
            _counts[day] = _counts.GetValueOrDefault(day) + 1;
        }
    }

    /// <summary>Takes what there is.</summary>
    public ImmutableArray<RefusedDay> Take()
    {
        ImmutableArray<RefusedDay> taken = [.. _counts.Select(one => new RefusedDay(one.Key.Tenant, one.Key.Day, one.Value))];
        _counts.Clear();
        return taken;
    }

    /// <summary>Forgets what there is.</summary>
    public void Clear() => _counts.Clear();
}
