using System.Threading.Channels;
using CustomerContext.Domain;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Storage.Sqlite;

/// <summary>A few connections that read, each for one call at a time; they never wait for the writer.</summary>
internal sealed class SqliteReaders : IDisposable
{
    private readonly CallGate _gate;
    private readonly ReadTurns _turns;
    private readonly Channel<SqliteSession> _free = Channel.CreateBounded<SqliteSession>(Limits.Storage.Readers);

    private readonly SqliteWriter _writer;

    public SqliteReaders(SqliteFile file, SqliteWriter writer, TimeProvider time, FailureReport failures)
    {
        _writer = writer;
        _gate = new CallGate("The embedded store", time, failures);
        _turns = new ReadTurns("The embedded store", time, failures);
        for (var number = 0; number < Limits.Storage.Readers; number++)
        {
            _free.Writer.TryWrite(new SqliteSession(file.Connect()));
        }
    }

    /// <summary>What <paramref name="read"/> finds, as of one instant after every write that has completed.</summary>
    /// <exception cref="StoreUnavailableException">No answer.</exception>
    public Task<T> Run<T>(TimeSpan deadline, Func<SqliteSession, T> read) => _gate.Run(deadline, () => Call(read));

    /// <summary>The same for a read that loads what is not in memory, in its turn.</summary>
    /// <exception cref="StoreUnavailableException">No answer.</exception>
    public Task<T> Load<T>(TimeSpan deadline, Func<SqliteSession, T> read) => _turns.Run(() => Run(deadline, read));

    /// <summary>The same for a read that must be true now: at once, and never older than the deadline.</summary>
    /// <exception cref="StoreUnavailableException">No answer.</exception>
    public Task<T> ReadNow<T>(TimeSpan deadline, Func<SqliteSession, T> read) => _gate.RunStrictly(deadline, () => Call(read));

    /// <summary>Waits for the reads that are being made and lets none begin until the result is disposed of. For the writer's thread, which waits for the disk anyway.</summary>
    public IDisposable Pause()
    {
        var all = new List<SqliteSession>(Limits.Storage.Readers);
        for (var wait = default(SpinWait); all.Count < Limits.Storage.Readers; wait.SpinOnce())
        {
            while (_free.Reader.TryRead(out var session))
            {
                all.Add(session);
            }
        }

        return new PausedReaders(all, _free.Writer);
    }

    public void Dispose()
    {
        _free.Writer.Complete();
        while (_free.Reader.TryRead(out var session))
        {
            session.Dispose();
        }
    }

    private Task<T> Call<T>(Func<SqliteSession, T> read) => Task.Run(async () =>
    {
        while (true)
        {
            await Whole();
            var session = await _free.Reader.ReadAsync();
            try
            {
                // What was read while the file was opened anew counts for nothing: the log's tail was not whole then.
                var opened = _writer.Openings;
                if (_writer.IsWhole && read(session) is var found && _writer.IsWhole && _writer.Openings == opened)
                {
                    return found;
                }
            }
            finally
            {
                _free.Writer.TryWrite(session);
            }
        }
    });

    /// <summary>After a failed write, asks the writer to open the file anew: what a read finds before may never have reached the disk.</summary>
    private Task Whole() => _writer.IsWhole ? Task.CompletedTask : _writer.Run(Limits.Storage.LedgerDeadline, _ => 0);

    private sealed class PausedReaders(List<SqliteSession> all, ChannelWriter<SqliteSession> free) : IDisposable
    {
        public void Dispose() => all.ForEach(session => free.TryWrite(session));
    }
}
