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
    private int _recordReaders;

    public async Task<ImmutableArray<LedgerEntry>> ListRecords(long before, int max) => await _ledger.ListAsync(_customer, before, max);

    public async Task<Checkpoint?> GetCheckpoint() => (await _ledger.ReadAsync(_customer))?.Checkpoint;

    public async Task<CustomerState> GetContext()
    {
        await _context.Ready();
        return _context.Visible;
    }

    public async Task<Outcome<GrantVersion>> GetGrantVersion(GrantId grant, long? version)
    {
        // Newest first, and no further than to the version that is asked for, so that a receipt costs the same however long the record is.
        var name = Encoding.UTF8.GetBytes(grant.Value);
        var before = long.MaxValue;
        while (await _ledger.ListAsync(_customer, before, Limits.Storage.ListedEntries) is { IsEmpty: false } entries)
        {
            foreach (var found in entries.Select(entry => VersionIn(entry, grant, name)).OfType<GrantVersion>())
            {
                if (version is null || found.Version <= version)
                {
                    return version is null || found.Version == version ? found : NoSuchVersion;
                }
            }

            before = entries[^1].Sequence;
        }

        return NoSuchVersion;
    }

    private static Refusal NoSuchVersion => new(RefusalReason.NotFound, "grant_id", "no such version of a grant");

    public async Task<ImmutableArray<LedgerEntry>> NextRecords(long after, CancellationToken left)
    {
        _recordReaders++;
        try
        {
            return await RecordsAfter(after, left);
        }
        finally
        {
            _recordReaders--;
        }
    }

    private async Task<ImmutableArray<LedgerEntry>> RecordsAfter(long after, CancellationToken left)
    {
        var asked = _time.GetTimestamp();
        while (true)
        {
            var appended = _session.Appended;
            var last = after + Limits.Records.WatchedRecords;
            var entries = await _ledger.ListAsync(_customer, last + 1, Limits.Records.WatchedRecords + 1);
            ImmutableArray<LedgerEntry> next = [.. entries.Where(entry => entry.Sequence >= after).Reverse()];
            var rest = Limits.Watches.Heartbeat - _time.GetElapsedTime(asked);
            if (next is [.., var newest] && newest.Sequence > after || rest <= TimeSpan.Zero || IsErased)
            {
                return next;
            }

            // Whatever comes first: another silo may have written, so the store is asked once more.
            await _waits.Until(this, appended, rest, left);
        }
    }

    /// <summary>The version of the grant that went on record here; absent if the record is not about the grant. Most records are looks, so what does not even hold the name is not read.</summary>
    private static GrantVersion? VersionIn(LedgerEntry entry, GrantId grant, byte[] name) =>
        entry.Payload.AsSpan().IndexOf(name) >= 0 && DisclosureRecord.FromBytes(entry.Payload.AsSpan()) is { Change: { Grant: { } of } change } record && of.Id == grant
            ? GrantVersion.Of(change, record.At, entry.Hash)
            : null;
}
