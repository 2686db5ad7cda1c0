using CustomerContext.Grains.Durability;

namespace CustomerContext.Storage.Sqlite;

/// <summary>The embedded store of this process: its file, its one writer, its readers.</summary>
internal sealed class SqliteStore : IStoreStart, IDisposable
{
    private readonly SqliteFile _file;
    private bool _isDisposed;

    /// <exception cref="StorageStartException">The file must not be used.</exception>
    public SqliteStore(SqliteStoreOptions options, StoreStatus status, TimeProvider time, FailureReport failures)
    {
        Options = options;
        _file = new SqliteFile(options.Path);
        Writer = new SqliteWriter(_file, time, failures);
        Readers = new SqliteReaders(_file, time, failures);
        status.Durability = StoreDurability.EveryWrite;
    }

    public SqliteStoreOptions Options { get; }

    public SqliteWriter Writer { get; }

    public SqliteReaders Readers { get; }

    /// <summary>The constructor has done it all.</summary>
    public Task StartAsync() => Task.CompletedTask;

    public void Dispose()
    {
        // The container knows it under two names, and disposes of each.
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Writer.Dispose();
        Readers.Dispose();
        _file.Dispose();
    }
}
