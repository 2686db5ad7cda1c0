using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Storage;

namespace CustomerContext.Storage;

/// <summary>Registers a store: the ledger, grain storage under <see cref="GrainStorageName"/>, the reminder table, and <see cref="StoreStatus"/> for health.</summary>
public static class StorageServices
{
    /// <summary>The name under which grains ask for their state.</summary>
    public const string GrainStorageName = "customercontext";

    /// <summary>Keeps everything in one file of this process.</summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, SqliteStorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddReminders();
        return services
            .AddSingleton(options)
            .AddSingleton<StoreStatus>()
            .AddSingleton<SqliteStore>()
            .AddSingleton<ETagSource>()
            .AddSingleton<ILedger, SqliteLedger>()
            .AddKeyedSingleton<IGrainStorage, SqliteGrainStorage>(GrainStorageName)
            .AddSingleton<IReminderTable, SqliteReminderTable>();
    }
}
