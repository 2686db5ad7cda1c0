using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage.Tests.Conformance;

/// <summary>Shorthand for customers, consent and entries.</summary>
internal static class Given
{
    private static int s_customers;

    /// <summary>A customer whom no other test knows.</summary>
    public static CustomerKey NewCustomer() => new(Interlocked.Increment(ref s_customers).ToString("x32"));

    public static ConsentState Consent(long epoch) => ConsentState.None with { Epoch = epoch, Preferences = Preferences.Off with { OfAge = true } };

    /// <summary>Entries that continue a chain.</summary>
    public static ImmutableArray<LedgerEntry> Entries(ChainHead head, long epoch, int count, string payload = "entry")
    {
        var entries = ImmutableArray.CreateBuilder<LedgerEntry>();
        while (entries.Count < count)
        {
            var salt = new byte[Chain.SaltSize];
            salt[0] = (byte)entries.Count;
            entries.Add(Chain.Append(head, epoch, [.. System.Text.Encoding.UTF8.GetBytes(payload)], [.. salt]));
            head = entries[^1].Head;
        }

        return entries.ToImmutable();
    }

    /// <summary>Appends to whatever the ledger holds; again if somebody else was faster.</summary>
    public static async Task<LedgerState> Append(this ILedger ledger, CustomerKey customer, int count, long? newEpoch = null)
    {
        AppendOutcome outcome;
        do
        {
            var state = await ledger.ReadAsync(customer);
            var epoch = newEpoch ?? state?.Consent.Epoch ?? 1;
            var consent = newEpoch is not null || state is null ? Consent(epoch) : null;
            outcome = await ledger.AppendAsync(customer, state?.Version, consent, Entries(state?.Head ?? ChainHead.Empty, epoch, count));
        }
        while (outcome == AppendOutcome.Conflict);

        return (await ledger.ReadAsync(customer))!;
    }
}
