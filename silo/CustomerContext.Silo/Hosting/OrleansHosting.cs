using CustomerContext.Domain;
using CustomerContext.Silo.Config;
using CustomerContext.Storage;
using CustomerContext.Storage.Redis;
using CustomerContext.Storage.Sqlite;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerContext.Silo.Hosting;

/// <summary>Orleans, and the store under it.</summary>
internal static class OrleansHosting
{
    /// <summary>Names this deployment in stored keys: never change it.</summary>
    private const string ServiceId = "customercontext";

    /// <summary>One silo with its store.</summary>
    public static void AddOrleans(this WebApplicationBuilder builder, SiloConfig config) => builder.UseOrleans(silo =>
    {
        // No gateway, and loopback only: whoever reaches Orleans may call any grain.
        silo.UseLocalhostClustering(config.SiloPort, gatewayPort: 0);
        silo.UseSiloTls(config.Cluster);
        silo.Configure<ClusterOptions>(options => options.ServiceId = options.ClusterId = ServiceId);
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = Limits.Grains.CallTimeout);
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = Limits.Grains.IdleAge);
        if (config.HasTraces)
        {
            // A filter around each grain call, which costs time even when nobody listens: so only then.
            silo.AddActivityPropagation();
        }

        silo.AddStore(config);
    });

    private static void AddStore(this ISiloBuilder silo, SiloConfig config)
    {
        if (config.Redis is { } redis)
        {
            silo.AddRedisStorage(new RedisStoreOptions
            {
                Configuration = redis,
                DataDirectory = config.DataFolder,
                AcceptLoss = config.AcceptLoss,
                AcceptStore = config.AcceptStore,
            });
        }
        else
        {
            silo.AddSqliteStorage(new SqliteStoreOptions { Path = Path.Combine(config.DataFolder, StoreCommands.FileName) });
        }
    }
}
