using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Payloads;
using Microsoft.Data.Sqlite;

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
        return Guard(store.Readers.Run(_deadline, session =>
        {
            // First the tail: what is folded meanwhile is in the tables too, and passed over there.
            var tail = store.Log.Tail.List(customer.Value, before, max);
            var first = tail.Count == 0 ? before : tail[^1].Head.Sequence;
            return tail.SelectMany(row => session.Query(Entry, "SELECT payload FROM log WHERE row = ?1", row.Row))
                .Concat(session.Query(
                    Entry,
                    "SELECT payload FROM place JOIN log USING (row) WHERE place.customer = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3",
                    customer.Value,
                    first,
                    max - tail.Count))
                .ToImmutableArray();
        }));
    }

    public Task EraseAsync(CustomerKey customer, ImmutableArray<LedgerEntry> erased)
    {
        var entries = erased.Select(entry => (entry.Sequence, Payload: LedgerEntryPayload.Codec.Encode(entry))).ToArray();
        return Guard(store.Writer.Run(_deadline, session =>
        {
            var tail = store.Log.Tail.List(customer.Value, long.MaxValue, int.MaxValue).ToDictionary(row => row.Head.Sequence, row => row.Row);
            return entries.Sum(entry => tail.TryGetValue(entry.Sequence, out var row)
                ? session.Execute("UPDATE log SET payload = ?1 WHERE row = ?2", entry.Payload, row)
                : session.Execute(
                    "UPDATE log SET payload = ?1 WHERE row = (SELECT row FROM place WHERE customer = ?2 AND sequence = ?3)",
                    entry.Payload,
                    customer.Value,
                    entry.Sequence));
        }));
    }

    public Task PruneAsync(CustomerKey customer, Checkpoint checkpoint)
    {
        var payload = CheckpointPayload.Codec.Encode(checkpoint);
        var sequence = checkpoint.Head.Sequence;
        return Guard(store.Writer.Run(_deadline, session =>
        {
            if (store.Log.Tail.List(customer.Value, sequence + 1, 1).Count > 0)
            {
                store.Log.Fold(session, int.MaxValue);
            }

            session.Execute("DELETE FROM log WHERE row IN (SELECT row FROM place WHERE customer = ?1 AND sequence <= ?2)", customer.Value, sequence);
            // What an earlier checkpoint covers is gone, so a later one always finds something to delete.
            var pruned = session.Execute("DELETE FROM place WHERE customer = ?1 AND sequence <= ?2", customer.Value, sequence);
            return pruned > 0 ? session.Execute("UPDATE ledger SET checkpoint = ?1 WHERE customer = ?2", payload, customer.Value) : 0;
        }));
    }

    /// <summary>Consent and its epoch are in the tables; if only looks came since, the end of the chain is still in the tail.</summary>
    private LedgerState? StateOf(SqliteSession session, CustomerKey customer)
    {
        // First the tail: if it is folded meanwhile, the tables have at least as much.
        var last = store.Log.Tail.Last(customer.Value);
        return session.Query(
            row => new LedgerState(
                ConsentPayload.Codec.Decode(row.GetFieldValue<byte[]>(2)),
                last is { } tail && tail.Head.Sequence > row.GetInt64(0) ? tail.Head : new ChainHead(row.GetInt64(0), Digest.Read(row.GetFieldValue<byte[]>(1))),
                row.IsDBNull(3) ? null : CheckpointPayload.Codec.Decode(row.GetFieldValue<byte[]>(3))),
            "SELECT sequence, head, payload, checkpoint FROM ledger JOIN consent USING (customer) WHERE customer = ?1",
            customer.Value).SingleOrDefault();
    }

    private AppendOutcome Append(SqliteSession session, string customer, LedgerAppend append, byte[]? consent, byte[][] entries)
    {
        // A conflict leaves here before anything is changed: other customers share the transaction.
        if (!store.Log.Append(session, customer, append, entries))
        {
            return AppendOutcome.Conflict;
        }

        if (consent is not null)
        {
            session.Execute("INSERT OR REPLACE INTO consent VALUES (?1, ?2)", customer, consent);
            session.Execute(
                "INSERT INTO ledger (customer, epoch, sequence, head) VALUES (?1, ?2, ?3, ?4) "
                + "ON CONFLICT DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence, head = excluded.head",
                customer,
                append.Next.Epoch,
                append.Next.Sequence,
                append.Head.Hash.ToArray());
        }

        return AppendOutcome.Applied;
    }

    private static LedgerEntry Entry(SqliteDataReader row) => LedgerEntryPayload.Codec.Decode(row.GetFieldValue<byte[]>(0));

    private static Task<T> Guard<T>(Task<T> call) => LedgerCall.Guard(call);
}
