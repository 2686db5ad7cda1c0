using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Payloads;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerContext.Storage.Sqlite;

/// <summary>
/// The log of all customers' entries, one row each, in the order in which they came: so a commit of many customers writes pages that follow each other. Where each
/// customer's chain ends and where its entries are is <em>folded</em> into tables by customer later, many rows at once; until then it is in memory (<see cref="LogTail"/>).
/// </summary>
/// <remarks>
/// Used by the writer's thread alone, but for <see cref="Tail"/>. A change of consent writes its customer's place in the tables at once, so that whoever reads them sees consent and its
/// epoch as one. Only this process appends: a row whose number is taken shows that another does, too.
/// </remarks>
internal sealed class SqliteLog(int unfoldedRows)
{
    private const string Folded = "folded";

    private readonly List<LogRow> _new = [];
    private readonly Dictionary<string, LedgerVersion> _moved = [];
    private long _last;
    private int _folding;

    /// <summary>What is not folded, durable.</summary>
    public LogTail Tail { get; } = new();

    /// <summary>True if so much is not folded that some of it is to be.</summary>
    public bool IsLong => Tail.Count > unfoldedRows;

    /// <summary>Reads what is not folded; folds it on the way, if it is long.</summary>
    public void Open(SqliteSession session)
    {
        Tail.Clear();
        Forget();
        _last = FoldedTo(session);
        while (Rest(session) is { Count: > 0 } rest)
        {
            if (rest[0].Row != _last + 1 || rest[^1].Row != _last + rest.Count)
            {
                throw new StorageStartException("The store's log has a gap. Restore the store from a backup.");
            }

            Tail.Add(rest);
            _last = rest[^1].Row;
            if (IsLong)
            {
                session.Execute("BEGIN IMMEDIATE");
                Fold(session, Limits.Storage.FoldedAtOnce);
                session.Execute("COMMIT");
                Committed();
            }
        }
    }

    /// <summary>The compare-and-set: true if the entries are in the log, once the transaction is committed.</summary>
    /// <exception cref="SecondWriterException">Another process writes into this log.</exception>
    public bool Append(SqliteSession session, string customer, LedgerAppend append, byte[][] payloads)
    {
        if (VersionOf(session, customer) != append.Expected)
        {
            return false;
        }

        for (var index = 0; index < payloads.Length; index++)
        {
            var entry = append.Entries[index];
            var row = new LogRow(_last + _new.Count + 1, customer, append.Next.Epoch, entry.Head);
            Insert(session, row, payloads[index]);
            _new.Add(row);
        }

        _moved[customer] = append.Next;
        return true;
    }

    /// <summary>Puts the oldest rows into the tables; the next ones, if it is not the first time in this transaction.</summary>
    /// <returns>How many.</returns>
    public int Fold(SqliteSession session, int max)
    {
        var rows = Tail.First(_folding, max);
        foreach (var own in rows.GroupBy(row => row.Customer, StringComparer.Ordinal).OrderBy(own => own.Key, StringComparer.Ordinal))
        {
            foreach (var row in own)
            {
                session.Execute("INSERT INTO place VALUES (?1, ?2, ?3)", row.Customer, row.Head.Sequence, row.Row);
            }

            var last = own.Last();
            session.Execute(
                "UPDATE ledger SET epoch = ?1, sequence = ?2, head = ?3 WHERE customer = ?4 AND sequence < ?2",
                last.Epoch,
                last.Head.Sequence,
                last.Head.Hash.ToArray(),
                last.Customer);
        }

        if (rows.Length > 0)
        {
            session.Execute("INSERT OR REPLACE INTO note VALUES (?1, ?2)", Folded, rows[^1].Row.ToString(CultureInfo.InvariantCulture));
        }

        _folding += rows.Length;
        return rows.Length;
    }

    /// <summary>The transaction is durable.</summary>
    public void Committed()
    {
        Tail.Drop(_folding);
        Tail.Add(_new);
        _last += _new.Count;
        Forget();
    }

    /// <summary>The transaction was taken back.</summary>
    public void Forget()
    {
        _folding = 0;
        _new.Clear();
        _moved.Clear();
    }

    private LedgerVersion? VersionOf(SqliteSession session, string customer)
    {
        if (_moved.TryGetValue(customer, out var moved))
        {
            return moved;
        }

        return Tail.Last(customer) is { } last
            ? last.Version
            : session.Query(row => (LedgerVersion?)new LedgerVersion(row.GetInt64(0), row.GetInt64(1)), "SELECT epoch, sequence FROM ledger WHERE customer = ?1", customer).SingleOrDefault();
    }

    private static void Insert(SqliteSession session, LogRow row, byte[] payload)
    {
        try
        {
            session.Execute("INSERT INTO log VALUES (?1, ?2, ?3)", row.Row, row.Customer, payload);
        }
        catch (SqliteException error) when (error.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_PRIMARYKEY)
        {
            throw new SecondWriterException(error);
        }
    }

    private static long FoldedTo(SqliteSession session) =>
        session.Query(row => long.Parse(row.GetString(0), CultureInfo.InvariantCulture), "SELECT value FROM note WHERE name = ?1", Folded).SingleOrDefault();

    private List<LogRow> Rest(SqliteSession session) => session.Query(
        row => new LogRow(row.GetInt64(0), row.GetString(1), row.GetInt64(2), LedgerEntryPayload.Codec.Decode(row.GetFieldValue<byte[]>(3)).Head),
        "SELECT row, customer, epoch, payload FROM log JOIN ledger USING (customer) WHERE row > ?1 ORDER BY row LIMIT ?2",
        _last,
        Limits.Storage.FoldedAtOnce);
}

/// <summary>Another process writes into the store's file. This one must not go on.</summary>
internal sealed class SecondWriterException(Exception inner) : Exception("Another process writes into the store's file. This one ends, so that neither overwrites the other.", inner);
