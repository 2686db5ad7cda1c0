using CustomerContext.Grains;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Journal;
using CustomerContext.Storage.Payloads;
using CustomerContext.Storage.Redis;
using CustomerContext.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Persistence;
using Orleans.Storage;

namespace CustomerContext.Storage;

/// <summary>
/// Registers a store: the ledger, grain storage under <see cref="StoreNames.Store"/>, the reminder table, and <see cref="StoreStatus"/> for health.
/// </summary>
public static class StorageServices
{
    /// <summary>Keeps everything in one file of this process.</summary>
    public static ISiloBuilder AddSqliteStorage(this ISiloBuilder silo, SqliteStoreOptions options)
    {
        silo.Services.AddSqliteStorage(options).AddReminders();
        return silo;
    }

    /// <summary>Keeps everything in Redis.</summary>
    public static ISiloBuilder AddRedisStorage(this ISiloBuilder silo, RedisStoreOptions options)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<FailureReport>();
        silo.Services
            .AddSingleton(options)
            .AddSingleton<StoreStatus>()
            .AddSingleton<RedisPrimary>()
            .AddSingleton<RedisStore>()
            .AddSingleton<IStoreStart>(services => services.GetRequiredService<RedisStore>())
            .AddSingleton<ILedger, RedisLedger>()
            .AddSingleton<IRefusedLooks, RedisRefusedLooks>()
            .AddSingleton<IHousekeepingTimes, RedisHousekeepingTimes>()
            .AddSingleton<IStoreScrub, RedisScrub>()
            .AddSingleton<IStoreNotes, RedisNotes>()
            .AddSingleton<IStorePace, StorePace>()
            .AddStoreProbe()
            .AddKeyedSingleton<IGrainStorage, GuardedGrainStorage>(StoreNames.Store);
        silo.AddRedisGrainStorage(GuardedGrainStorage.Inner, redis =>
        {
            redis.DeleteStateOnClear = true;
            redis.GrainStorageSerializer = new PayloadSerializer();
        });
        silo.UseRedisReminderService(_ => { });

        // Orleans reads these once the store has been started, so that the primary is known.
        silo.Services.AddOptions<RedisStorageOptions>(GuardedGrainStorage.Inner).Configure<RedisPrimary>((redis, primary) => redis.ConfigurationOptions = primary.Configuration());
        silo.Services.AddOptions<RedisReminderTableOptions>().Configure<RedisPrimary>((redis, primary) => redis.ConfigurationOptions = primary.Configuration());
        return silo;
    }

    /// <summary>Silos of a cluster find each other in the Redis that is their store.</summary>
    public static ISiloBuilder UseRedisMembership(this ISiloBuilder silo)
    {
        silo.UseRedisClustering(_ => { });
        silo.Services.AddOptions<RedisClusteringOptions>().Configure<RedisPrimary>((redis, primary) => redis.ConfigurationOptions = primary.Configuration());
        return silo;
    }

    /// <summary>
    /// Opens and checks the store, makes sure that it was filled with the <see cref="DeploymentKeys"/> of this deployment, and takes back again what the journal of withdrawals, if there is one, says was taken back. Call it before the silo starts, so that a
    /// store that must not be used is refused before anything else begins.
    /// </summary>
    /// <exception cref="StorageStartException">The store must not be used as it is; the text is for the operator.</exception>
    public static async Task StartStorageAsync(this IServiceProvider services)
    {
        await services.GetRequiredService<IStoreStart>().StartAsync();
        if (services.GetService<DeploymentKeys>() is { } keys)
        {
            await new KeyCheck(services.GetRequiredService<IStoreNotes>(), keys).RunAsync();
        }

        await (services.GetService<JournalReplay>()?.RunAsync() ?? Task.CompletedTask);
    }

    /// <summary>Notes withdrawals outside the store, and repeats at start what the store lacks: <see cref="JournalReplay"/>.</summary>
    public static IServiceCollection AddWithdrawalJournal(this IServiceCollection services, JournalOptions options) => services
        .AddSingleton(provider => new WithdrawalJournal(options, provider.GetRequiredService<IStoreNotes>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IWithdrawalJournal>(provider => provider.GetRequiredService<WithdrawalJournal>())
        .AddSingleton(provider => new JournalReplay(
            provider.GetRequiredService<WithdrawalJournal>(),
            provider.GetRequiredService<ILedger>(),
            provider.GetRequiredService<IHousekeepingTimes>(),
            provider.GetRequiredService<IEntropy>(),
            provider.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddStoreProbe(this IServiceCollection services) => services.AddSingleton(provider => new StoreProbe(
        provider.GetRequiredService<IStoreNotes>(), provider.GetRequiredService<StoreStatus>(), provider.GetRequiredService<TimeProvider>()));

    /// <summary>The embedded store alone, without Orleans.</summary>
    internal static IServiceCollection AddSqliteStorage(this IServiceCollection services, SqliteStoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging().AddMetrics().TryAddSingleton<FailureReport>();
        return services
            .AddSingleton(options)
            .AddSingleton<StoreStatus>()
            .AddSingleton<SqliteStore>()
            .AddSingleton<IStoreStart>(provider => provider.GetRequiredService<SqliteStore>())
            .AddSingleton<ETagSource>()
            .AddSingleton<ILedger, SqliteLedger>()
            .AddSingleton<IRefusedLooks, SqliteRefusedLooks>()
            .AddSingleton<IHousekeepingTimes, SqliteHousekeepingTimes>()
            .AddSingleton<IStoreScrub, SqliteScrub>()
            .AddSingleton<IStoreNotes, SqliteNotes>()
            .AddSingleton<IStorePace, StorePace>()
            .AddStoreProbe()
            .AddKeyedSingleton<IGrainStorage, SqliteGrainStorage>(StoreNames.Store)
            .AddSingleton<IReminderTable, SqliteReminderTable>();
    }
}
