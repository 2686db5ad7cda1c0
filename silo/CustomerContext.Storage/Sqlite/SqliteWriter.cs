using System.Collections.Concurrent;
using CustomerContext.Domain;
using Microsoft.Data.Sqlite;

namespace CustomerContext.Storage.Sqlite;

/// <summary>
/// The only writer. Takes everything that waits, does it in one transaction, each piece in a savepoint of its own so that a failing one does not
/// spoil the others, and
/// lets the callers go when the commit is on disk. So many customers share one flush of the disk.
/// </summary>
/// <remarks>A thread of its own, because it spends its life waiting for the disk.</remarks>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteFile _file;
    private readonly CallGate _gate;
    private readonly BlockingCollection<SqliteWrite> _waiting = [];
    private readonly Thread _thread;
    private SqliteSession? _session;

    public SqliteWriter(SqliteFile file, TimeProvider time)
    {
        _file = file;
        _gate = new CallGate("The embedded store", time);
        _thread = new Thread(CommitAll) { Name = "SQLite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The result of <paramref name="work"/> once it is durable.</summary>
    /// <exception cref="StoreUnavailableException">Unknown outcome.</exception>
    public async Task<T> Run<T>(TimeSpan deadline, Func<SqliteSession, T> work)
    {
        var write = new SqliteWrite<T>(work);
        try
        {
            return await _gate.Run(deadline, () =>
            {
                _waiting.Add(write);
                return write.Done;
            });
        }
        catch (StoreUnavailableException)
        {
            write.TryTake(); // If it has not begun, it never will.
            throw;
        }
    }

    /// <summary>Lets what waits be done, then stops.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _session?.Dispose();
        _waiting.Dispose();
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
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<SqliteWrite> batch)
    {
        var done = new List<SqliteWrite>(batch.Count);
        try
        {
            _session ??= new SqliteSession(_file.Connect());
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch)
            {
                if (Run(_session, write))
                {
                    done.Add(write);
                }
            }

            _session.Execute("COMMIT");
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            // After a failed flush nobody knows what is on disk; a new connection begins with what is.
            _session?.Dispose();
            _session = null;
            batch.ForEach(write => write.Fail(error));
            return;
        }

        done.ForEach(write => write.Complete());
    }

    private static bool Run(SqliteSession session, SqliteWrite write)
    {
        session.Execute("SAVEPOINT one");
        try
        {
            write.Run(session);
            session.Execute("RELEASE one");
            return true;
        }
        catch (Exception error)
        {
            session.Execute("ROLLBACK TO one");
            session.Execute("RELEASE one");
            write.Fail(error);
            return false;
        }
    }
}
