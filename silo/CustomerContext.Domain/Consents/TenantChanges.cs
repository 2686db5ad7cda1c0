using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>
/// How many entries each tenant has made today on one customer's record without a grant: so that no tenant can bury what matters under them. What is beyond
/// <see cref="Limits.Consents.TenantChangesPerDay"/> changes nothing and is not on record; the tenant is answered as always.
/// </summary>
/// <remarks>It is not stored: the record itself is what counts, and is read once. Not safe for use from several threads.</remarks>
public sealed class TenantChanges
{
    private readonly Dictionary<TenantId, int> _made = [];
    private int? _day;

    /// <summary>True once the record of the day of <paramref name="now"/> has been read.</summary>
    public bool IsKnown(DateTimeOffset now) => _day == RetentionRules.DayOf(now);

    /// <summary>Begins the day of <paramref name="now"/> with what is on record already; other days' records are passed over.</summary>
    public void Begin(IEnumerable<DisclosureRecord> records, DateTimeOffset now)
    {
        _made.Clear();
        _day = RetentionRules.DayOf(now);
        foreach (var record in records)
        {
            if (RetentionRules.DayOf(record.At) == _day && record.Change is { } change && IsLimited(change))
            {
                Add(change.By!.Tenant);
            }
        }
    }

    /// <summary>Counts a change that is about to be made; false if it must not be.</summary>
    public bool TryAdd(ConsentChange change)
    {
        if (!IsLimited(change))
        {
            return true;
        }

        if (_made.GetValueOrDefault(change.By!.Tenant) >= Limits.Consents.TenantChangesPerDay)
        {
            return false;
        }

        Add(change.By.Tenant);
        return true;
    }

    private void Add(TenantId tenant) => _made[tenant] = _made.GetValueOrDefault(tenant) + 1;

    /// <summary>A grant is the customer's doing, and an end must never be dropped.</summary>
    private static bool IsLimited(ConsentChange change) => change is
    {
        By: not null,
        Grant: null,
        Kind: ConsentChangeKind.Requested or ConsentChangeKind.IdentifierLinked or ConsentChangeKind.IdentifierUnlinked
            or ConsentChangeKind.InteractionBegun or ConsentChangeKind.InteractionContinued,
    };
}
