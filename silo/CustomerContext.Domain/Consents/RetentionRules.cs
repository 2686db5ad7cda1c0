using CustomerContext.Domain.Customers;

namespace CustomerContext.Domain.Consents;

/// <summary>How long a customer and their records are kept.</summary>
public static class RetentionRules
{
    /// <summary>
    /// The instant at which a customer is erased for want of signals, if none comes until then; a change of consent counts like a signal. Absent if it is
    /// not known when either last came.
    /// </summary>
    public static DateTimeOffset? IdleAt(ConsentState consent, CustomerState context)
    {
        var signal = context.Newest > 0 ? DateTimeOffset.FromUnixTimeSeconds(context.Newest) : (DateTimeOffset?)null;
        var latest = consent.Grants.Select(grant => (DateTimeOffset?)grant.UpdatedAt).Append(signal).Append(consent.ChangedAt).Max();
        return latest?.AddMonths(Limits.Records.IdleMonths);
    }

    /// <summary>Records from before this instant are pruned.</summary>
    public static DateTimeOffset PrunedBefore(DateTimeOffset now) => now.AddMonths(-Limits.Records.DisclosureMonths);

    /// <summary>The first day on which refused looks still count, as days since the Unix epoch in UTC.</summary>
    public static int RefusedFrom(DateTimeOffset now) => DayOf(now) - Limits.Records.RefusedDays + 1;

    /// <summary>The day of <paramref name="instant"/>, as days since the Unix epoch in UTC.</summary>
    public static int DayOf(DateTimeOffset instant) => (int)Math.Floor((instant - DateTimeOffset.UnixEpoch).TotalDays);
}
