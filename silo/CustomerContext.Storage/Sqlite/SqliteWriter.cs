using System.Collections.Concurrent;
using CustomerContext.Domain;
using CustomerContext.Grains.Durability;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerContext.Storage.Sqlite;

/// <summary>
/// The only writer. Takes everything that waits, does it in one transaction, and lets the callers go when the commit is on disk. So many customers
/// share one flush of the disk. If one of them cannot be done, the others are done anew without it.
/// </summary>
/// <remarks>
/// A thread of its own, because it spends its life waiting for the disk. After a failed flush nobody knows what is on the disk, and a read may find what never got there. So the file is then
/// opened anew and its write-ahead log carried over whole, and until that has succeeded nothing is written and nothing is read.
/// </remarks>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>Pages kept in memory, so that the next append of a customer reads nothing.</summary>
    private const int CacheKibibytes = 64 * 1024;

    private readonly SqliteFile _file;
    private readonly SqliteStoreOptions _options;
    private readonly StoreStatus _status;
    private readonly CallGate _gate;
    private readonly BlockingCollection<SqliteWrite> _waiting = [];
    private readonly Thread _thread;
    private volatile SqliteSession? _session;
    private SecondWriterException? _end;
    private int _openings;
    private int _pagesAhead;

    /// <exception cref="SqliteException">The file cannot be written.</exception>
    public SqliteWriter(SqliteFile file, SqliteStoreOptions options, StoreStatus status, TimeProvider time, FailureReport failures)
    {
        _file = file;
        _options = options;
        Log = new SqliteLog(options.UnfoldedRows);
        _status = status;
        _gate = new CallGate("The embedded store", time, failures);
        _session = Open();
        _thread = new Thread(CommitAll) { Name = "SQLite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The log that is written into.</summary>
    public SqliteLog Log { get; }

    /// <summary>Called once another process was found to write into the file: this one must end.</summary>
    public Action? MustEnd { get; init; }

    /// <summary>
    /// Waits for the reads that are being made and lets none begin until the result is disposed of. While somebody reads, SQLite carries a part of the write-ahead log over without a flush, and goes
    /// on from there; if a later flush fails, that part is in doubt and is not written again.
    /// </summary>
    public Func<IDisposable>? PauseReaders { get; set; }

    /// <summary>False after a failed write, until the file has been opened anew.</summary>
    public bool IsWhole => _session is not null;

    /// <summary>How often the file was opened: another number than before tells a reader that what it found may not be so.</summary>
    public int Openings => Volatile.Read(ref _openings);

    /// <summary>The result of <paramref name="work"/> once it is durable.</summary>
    /// <exception cref="StoreUnavailableException">Unknown outcome.</exception>
    public Task<T> Run<T>(TimeSpan deadline, Func<SqliteSession, T> work) => Run(deadline, new SqliteWrite<T>(work));

    /// <summary>The same outside any transaction.</summary>
    /// <exception cref="StoreUnavailableException">Unknown outcome.</exception>
    public Task<T> RunAlone<T>(TimeSpan deadline, Func<SqliteSession, T> work) => Run(deadline, new SqliteWrite<T>(work) { IsAlone = true });

    /// <summary>Lets what waits be done, then stops.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _session?.Dispose();
        _waiting.Dispose();
    }

    private async Task<T> Run<T>(TimeSpan deadline, SqliteWrite<T> write)
    {
        try
        {
            return await _gate.Run(deadline, () =>
            {
                _waiting.Add(write);
                return write.Done;
            });
        }
        catch (StoreUnavailableException error)
        {
            // If it has not begun, it never will, and it does not run any more.
            if (write.TryTake())
            {
                write.Fail(error);
            }

            throw;
        }
    }

    private void CommitAll()
    {
        var batch = new List<SqliteWrite>();
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < Limits.Storage.WritesPerCommit && _waiting.TryTake(out var next))
            {
                batch.Add(next);
            }

            batch.RemoveAll(write => !write.TryTake());
            var alone = batch.Where(write => write.IsAlone).ToArray();
            batch.RemoveAll(write => write.IsAlone);
            Commit(batch);
            batch.Clear();
            Array.ForEach(alone, RunAlone);
            FoldWhatIsLong();
            CarryOverWhatIsLong();
        }
    }

    private void RunAlone(SqliteWrite write)
    {
        try
        {
            write.Run(_session ??= Open());
        }
        catch (Exception error)
        {
            GiveUp(error);
            write.Fail(error);
            return;
        }

        write.Complete();
    }

    private void Commit(List<SqliteWrite> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        SqliteWrite? current = null;
        try
        {
            var session = _session ??= Open();
            session.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch)
            {
                current = write;
                write.Run(session);
            }

            current = null;
            session.Execute("COMMIT");
            Log.Committed();
        }
        catch (Exception error) when (current is not null && IsItsOwnFault(error) && IsTakenBack())
        {
            current.Fail(error);
            batch.Remove(current);
            Commit(batch);
            return;
        }
        catch (Exception error)
        {
            GiveUp(error);
            batch.ForEach(write => write.Fail(error));
            return;
        }

        batch.ForEach(write => write.Complete());
    }

    /// <summary>In a transaction of its own, so that nobody's write waits for it but the next.</summary>
    private void FoldWhatIsLong()
    {
        try
        {
            while (_session is { } session && Log.IsLong)
            {
                session.Execute("BEGIN IMMEDIATE");
                Log.Fold(session, Limits.Storage.FoldedAtOnce);
                session.Execute("COMMIT");
                Log.Committed();
            }
        }
        catch (Exception error)
        {
            GiveUp(error);
        }
    }

    /// <summary>
    /// Carries the write-ahead log over, if it is long. SQLite would do it by itself, and tell nobody that the flush at its end failed.
    /// </summary>
    private void CarryOverWhatIsLong()
    {
        try
        {
            if (_session is { } session && (_pagesAhead += session.PagesWritten()) >= _options.CheckpointPages)
            {
                _pagesAhead = 0;
                using var nobodyReads = PauseReaders?.Invoke();
                session.Query(row => row.GetInt64(0), "PRAGMA wal_checkpoint(PASSIVE)");
            }
        }
        catch (Exception error)
        {
            GiveUp(error);
        }
    }

    private bool IsTakenBack()
    {
        try
        {
            Log.Forget();
            _session!.Execute("ROLLBACK");
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void GiveUp(Exception error)
    {
        _session?.Dispose();
        _session = null;
        if (_end is null && error is SecondWriterException second)
        {
            _end = second;
            MustEnd?.Invoke();
        }

        _status.Trouble = _end?.Message ?? "The embedded store's last write failed; it is tried again.";
    }

    /// <summary>False if the store is in trouble, so that the next write would fare no better.</summary>
    private static bool IsItsOwnFault(Exception error) =>
        error is not (SecondWriterException or SqliteException { SqliteErrorCode: not (raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG) });

    private SqliteSession Open()
    {
        if (_end is not null)
        {
            throw _end;
        }

        using var nobodyReads = PauseReaders?.Invoke();
        Interlocked.Increment(ref _openings);
        _pagesAhead = 0;
        var session = new SqliteSession(_file.Connect());
        try
        {
            // A backup that is being made holds the write-ahead log for a while.
            session.Execute($"PRAGMA busy_timeout = {(int)Limits.Storage.CarryOver.TotalMilliseconds}");
            session.Execute($"PRAGMA cache_size = -{CacheKibibytes}");
            session.Execute("PRAGMA wal_autocheckpoint = 0");
            if (session.Query(row => row.GetInt64(0) != 0, "PRAGMA wal_checkpoint(TRUNCATE)").Single())
            {
                throw new TimeoutException("The write-ahead log is in use, as while a backup is made. Try again when that has ended.");
            }

            Log.Open(session);
            _status.Trouble = null;
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
