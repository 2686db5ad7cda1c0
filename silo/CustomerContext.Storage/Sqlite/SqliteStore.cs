using CustomerContext.Grains.Durability;
using Microsoft.Extensions.Hosting;

namespace CustomerContext.Storage.Sqlite;

/// <summary>The embedded store of this process: its file, its one writer, its readers.</summary>
internal sealed class SqliteStore : IStoreStart, IDisposable
{
    private readonly SqliteFile _file;
    private bool _isDisposed;

    /// <exception cref="StorageStartException">The file must not be used.</exception>
    public SqliteStore(SqliteStoreOptions options, StoreStatus status, TimeProvider time, FailureReport failures, IHostApplicationLifetime? process = null)
    {
        Options = options;
        _file = new SqliteFile(options.Path);
        try
        {
            Writer = new SqliteWriter(_file, options, status, time, failures) { MustEnd = () => End(process) };
        }
        catch (Exception error)
        {
            _file.Dispose();
            throw error as StorageStartException ?? new StorageStartException($"{options.Path} cannot be opened as a store. {error.Message}", error);
        }

        Readers = new SqliteReaders(_file, Writer, time, failures);
        Writer.PauseReaders = Readers.Pause;
        status.Durability = StoreDurability.EveryWrite;
    }

    public SqliteStoreOptions Options { get; }

    public SqliteWriter Writer { get; }

    public SqliteReaders Readers { get; }

    public SqliteLog Log => Writer.Log;

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

    private static void End(IHostApplicationLifetime? process)
    {
        if (process is not null)
        {
            Environment.ExitCode = 1;
            process.StopApplication();
        }
    }
}
