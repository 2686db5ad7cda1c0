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
/// <remarks>A thread of its own, because it spends its life waiting for the disk.</remarks>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>Pages kept in memory, so that the next append of a customer reads nothing.</summary>
    private const int CacheKibibytes = 64 * 1024;

    /// <summary>Pages (of 4 KiB) written ahead before they go to their places: a page that changes often is then moved once for many changes.</summary>
    private const int CheckpointPages = 4096;

    private readonly SqliteFile _file;
    private readonly CallGate _gate;
    private readonly BlockingCollection<SqliteWrite> _waiting = [];
    private readonly Thread _thread;
    private SqliteSession? _session;

    public SqliteWriter(SqliteFile file, TimeProvider time, FailureReport failures)
    {
        _file = file;
        _gate = new CallGate("The embedded store", time, failures);
        _thread = new Thread(CommitAll) { Name = "SQLite writer", IsBackground = true };
        _thread.Start();
    }

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
            _session?.Dispose();
            _session = null;
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
            _session ??= Open();
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch)
            {
                current = write;
                write.Run(_session);
            }

            current = null;
            _session.Execute("COMMIT");
        }
        catch (Exception error)
        {
            // Takes the transaction back. After a failed flush nobody knows what is on disk; a new connection begins with what is.
            _session?.Dispose();
            _session = null;
            if (current is not null && IsItsOwnFault(error))
            {
                current.Fail(error);
                batch.Remove(current);
                Commit(batch);
            }
            else
            {
                batch.ForEach(write => write.Fail(error));
            }

            return;
        }

        batch.ForEach(write => write.Complete());
    }

    /// <summary>False if the store is in trouble, so that the next write would fare no better.</summary>
    private static bool IsItsOwnFault(Exception error) =>
        error is not SqliteException { SqliteErrorCode: not (raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG) };

    private SqliteSession Open()
    {
        var session = new SqliteSession(_file.Connect());
        session.Execute($"PRAGMA cache_size = -{CacheKibibytes}");
        session.Execute($"PRAGMA wal_autocheckpoint = {CheckpointPages}");
        return session;
    }
}
