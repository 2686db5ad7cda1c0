using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>What tenants bring about without a grant is limited; how much of it there was today, the customer's record says.</summary>
internal sealed partial class CustomerGrain
{
    private readonly TenantChanges _tenantChanges = new();

    /// <summary>True if <paramref name="tenant"/> may write once more in this minute; it is counted then.</summary>
    private bool MayWrite(TenantId tenant)
    {
        TidySoon();
        return _tenantWrites.Take(tenant);
    }

    /// <summary>Reads today's records, once. To be awaited before a tenant's change; for a key without a customer there are none.</summary>
    private async Task TenantChangesKnown()
    {
        var now = _time.GetUtcNow();
        if (_tenantChanges.IsKnown(now))
        {
            return;
        }

        var records = new List<DisclosureRecord>();
        var before = long.MaxValue;
        var first = RetentionRules.DayOf(now);
        while (await _ledger.ListAsync(_customer, before, Limits.Storage.ListedEntries) is { IsEmpty: false } entries)
        {
            records.AddRange(entries.Where(entry => !entry.IsErased).Select(entry => DisclosureRecord.FromBytes(entry.Payload.AsSpan())));
            if (records is [.., var oldest] && RetentionRules.DayOf(oldest.At) < first)
            {
                break;
            }

            before = entries[^1].Sequence;
        }

        // Another call may have been here meanwhile, and counted since.
        if (!_tenantChanges.IsKnown(now))
        {
            _tenantChanges.Begin(records, now);
        }
    }
}
