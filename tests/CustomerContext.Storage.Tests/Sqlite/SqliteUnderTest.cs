using CustomerContext.Grains;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Sqlite;
using CustomerContext.Storage.Tests.Conformance;
using CustomerContext.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Storage;

namespace CustomerContext.Storage.Tests.Sqlite;

internal sealed class SqliteUnderTest : IStoreUnderTest
{
    private readonly TempFolder _folder = new();
    private readonly TimeSpan? _ledgerDeadline;
    private ServiceProvider _services;

    public SqliteUnderTest(TimeSpan? ledgerDeadline = null)
    {
        _ledgerDeadline = ledgerDeadline;
        _services = Open(File, ledgerDeadline);
    }

    public string File => _folder.File("store.db");

    public ILedger Ledger => _services.GetRequiredService<ILedger>();

    public IGrainStorage Grains => _services.GetRequiredKeyedService<IGrainStorage>(StoreNames.Store);

    public IReminderTable Reminders => _services.GetRequiredService<IReminderTable>();

    public IServiceProvider Services => _services;

    /// <summary>The deadline is generous, because the machine may be busy, unless the test is about deadlines.</summary>
    public static ServiceProvider Open(string file, TimeSpan? ledgerDeadline = null) =>
        Open(new SqliteStoreOptions { Path = file, LedgerDeadline = ledgerDeadline ?? TimeSpan.FromSeconds(30) });

    public static ServiceProvider Open(SqliteStoreOptions options) => new ServiceCollection().AddSqliteStorage(options).BuildServiceProvider();

    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Open(File, _ledgerDeadline);
    }

    /// <summary>Another connection, which knows nothing of our lock, holds the file's write lock.</summary>
    public Task<IAsyncDisposable> StallAsync()
    {
        var intruder = new SqliteConnection($"Data Source={File};Pooling=False");
        intruder.Open();
        using var begin = intruder.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return Task.FromResult<IAsyncDisposable>(intruder);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
