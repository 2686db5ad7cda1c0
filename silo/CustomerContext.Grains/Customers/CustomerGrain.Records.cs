using System.Collections.Immutable;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Consents.Receipts;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Grains.Customers;

/// <summary>What is kept of the customer, as the customer gets it.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<ImmutableArray<LedgerEntry>> ListRecords(long before, int max) => await _ledger.ListAsync(_customer, before, max);

    public async Task<Checkpoint?> GetCheckpoint() => (await _ledger.ReadAsync(_customer))?.Checkpoint;

    public async Task<CustomerState> GetContext()
    {
        await _context.Ready();
        return _context.Visible;
    }

    public async Task<Outcome<GrantVersion>> GetGrantVersion(GrantId grant, long? version)
    {
        var name = Encoding.UTF8.GetBytes(grant.Value);
        var found = new List<LedgerEntry>();
        var before = long.MaxValue;
        while (await _ledger.ListAsync(_customer, before, Limits.Storage.ListedEntries) is { IsEmpty: false } entries)
        {
            found.AddRange(entries.Where(entry => IsAbout(entry, grant, name)));
            before = entries[^1].Sequence;
        }

        found.Reverse();
        var number = version ?? found.Count;
        if (number < 1 || number > found.Count)
        {
            return new Refusal(RefusalReason.NotFound, "grant_id", "no such version of a grant");
        }

        var entry = found[(int)number - 1];
        var record = DisclosureRecord.FromBytes(entry.Payload.AsSpan());
        return new GrantVersion(number, record.Change!, record.At, entry.Hash);
    }

    public async Task<ImmutableArray<LedgerEntry>> NextRecords(long after)
    {
        var until = _time.GetUtcNow() + Limits.Watches.Heartbeat;
        while (true)
        {
            var appended = _session.Appended;
            var last = after + Limits.Records.WatchedRecords;
            var entries = await _ledger.ListAsync(_customer, last + 1, Limits.Records.WatchedRecords + 1);
            ImmutableArray<LedgerEntry> next = [.. entries.Where(entry => entry.Sequence >= after).Reverse()];
            var left = until - _time.GetUtcNow();
            if (next is [.., var newest] && newest.Sequence > after || left <= TimeSpan.Zero || IsErased)
            {
                return next;
            }

            try
            {
                await appended.WaitAsync(left, _time);
            }
            catch (TimeoutException)
            {
                // Another silo may have written, so the store is asked once more.
            }
        }
    }

    /// <summary>Most records are looks, so what does not even hold the name is not read.</summary>
    private static bool IsAbout(LedgerEntry entry, GrantId grant, byte[] name) =>
        entry.Payload.AsSpan().IndexOf(name) >= 0 && DisclosureRecord.FromBytes(entry.Payload.AsSpan()).Change?.Grant?.Id == grant;
}
