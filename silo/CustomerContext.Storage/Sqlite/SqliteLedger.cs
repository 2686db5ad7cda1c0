using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Payloads;

namespace CustomerContext.Storage.Sqlite;

/// <inheritdoc cref="ILedger"/>
internal sealed class SqliteLedger(SqliteStore store) : ILedger
{
    private readonly TimeSpan _deadline = store.Options.LedgerDeadline;

    public Task<LedgerState?> ReadAsync(CustomerKey customer) => Guard(store.Readers.Load(_deadline, session => StateOf(session, customer)));

    public Task<LedgerState?> ReadAgainAsync(CustomerKey customer) => Guard(store.Readers.ReadNow(_deadline, session => StateOf(session, customer)));

    public Task<AppendOutcome> AppendAsync(CustomerKey customer, LedgerVersion? expected, ConsentState? consent, ImmutableArray<LedgerEntry> entries)
    {
        var append = new LedgerAppend(expected, consent, entries);
        var consentPayload = consent is null ? null : ConsentPayload.Codec.Encode(consent);
        var entryPayloads = entries.Select(LedgerEntryPayload.Codec.Encode).ToArray();
        return Guard(store.Writer.Run(_deadline, session => Append(session, customer.Value, append, consentPayload, entryPayloads)));
    }

    public Task<ImmutableArray<LedgerEntry>> ListAsync(CustomerKey customer, long before, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, Limits.Storage.ListedEntries);
        return Guard(store.Readers.Run(_deadline, session => session.Query(
            row => LedgerEntryPayload.Codec.Decode(row.GetFieldValue<byte[]>(0)),
            "SELECT payload FROM entry WHERE customer = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3",
            customer.Value,
            before,
            max).ToImmutableArray()));
    }

    public Task EraseAsync(CustomerKey customer, ImmutableArray<LedgerEntry> erased)
    {
        var entries = erased.Select(entry => (entry.Sequence, Payload: LedgerEntryPayload.Codec.Encode(entry))).ToArray();
        return Guard(store.Writer.Run(_deadline, session => entries.Sum(entry => session.Execute(
            "UPDATE entry SET payload = ?1 WHERE customer = ?2 AND sequence = ?3", entry.Payload, customer.Value, entry.Sequence))));
    }

    public Task PruneAsync(CustomerKey customer, Checkpoint checkpoint)
    {
        var payload = CheckpointPayload.Codec.Encode(checkpoint);
        var sequence = checkpoint.Head.Sequence;
        return Guard(store.Writer.Run(_deadline, session =>
        {
            // What an earlier checkpoint covers is gone, so a later one always finds something to delete.
            var pruned = session.Execute("DELETE FROM entry WHERE customer = ?1 AND sequence <= ?2", customer.Value, sequence);
            return pruned > 0 ? session.Execute("UPDATE ledger SET checkpoint = ?1 WHERE customer = ?2", payload, customer.Value) : 0;
        }));
    }

    private static LedgerState? StateOf(SqliteSession session, CustomerKey customer) => session.Query(
        row => new LedgerState(
            ConsentPayload.Codec.Decode(row.GetFieldValue<byte[]>(2)),
            new ChainHead(row.GetInt64(0), Digest.Read(row.GetFieldValue<byte[]>(1))),
            row.IsDBNull(3) ? null : CheckpointPayload.Codec.Decode(row.GetFieldValue<byte[]>(3))),
        "SELECT sequence, head, payload, checkpoint FROM ledger JOIN consent USING (customer) WHERE customer = ?1",
        customer.Value).SingleOrDefault();

    private static AppendOutcome Append(SqliteSession session, string customer, LedgerAppend append, byte[]? consent, byte[][] entries)
    {
        // A conflict leaves here before anything is changed: other customers share the transaction.
        if (!Move(session, customer, append))
        {
            return AppendOutcome.Conflict;
        }

        if (consent is not null)
        {
            session.Execute("INSERT OR REPLACE INTO consent VALUES (?1, ?2)", customer, consent);
        }

        for (var index = 0; index < entries.Length; index++)
        {
            session.Execute("INSERT INTO entry VALUES (?1, ?2, ?3)", customer, append.Entries[index].Sequence, entries[index]);
        }

        return AppendOutcome.Applied;
    }

    /// <summary>The compare-and-set.</summary>
    private static bool Move(SqliteSession session, string customer, LedgerAppend append) => 1 == (append.Expected is { } expected
        ? session.Execute(
            "UPDATE ledger SET epoch = ?1, sequence = ?2, head = ?3 WHERE customer = ?4 AND epoch = ?5 AND sequence = ?6",
            append.Next.Epoch,
            append.Next.Sequence,
            append.Head.Hash.ToArray(),
            customer,
            expected.Epoch,
            expected.Sequence)
        : session.Execute(
            "INSERT INTO ledger (customer, epoch, sequence, head) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            customer,
            append.Next.Epoch,
            append.Next.Sequence,
            append.Head.Hash.ToArray()));

    private static Task<T> Guard<T>(Task<T> call) => LedgerCall.Guard(call);
}
