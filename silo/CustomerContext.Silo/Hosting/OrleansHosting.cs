using CustomerContext.Domain;
using CustomerContext.Silo.Config;
using CustomerContext.Storage;
using CustomerContext.Storage.Redis;
using CustomerContext.Storage.Sqlite;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerContext.Silo.Hosting;

/// <summary>Orleans, alone or as one of a cluster, and the store under it.</summary>
internal static class OrleansHosting
{
    /// <summary>Names this deployment in stored keys: never change it.</summary>
    private const string ServiceId = "customercontext";

    /// <summary>The silo with its store.</summary>
    public static void AddOrleans(this WebApplicationBuilder builder, SiloConfig config) => builder.UseOrleans(silo =>
    {
        // No gateway: whoever reaches Orleans may call any grain. For the same reason a silo alone listens on loopback only.
        if (config.Cluster is null)
        {
            silo.UseLocalhostClustering(config.Silo.Port, gatewayPort: 0, primarySiloEndpoint: config.Silo);
        }
        else
        {
            silo.UseCluster(config);
        }

        silo.ConfigureEndpoints(config.Silo.Address, config.Silo.Port, gatewayPort: 0);
        silo.UseSiloTls(config.Cluster);
        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (ServiceId, config.Cluster?.Id ?? ServiceId));
        silo.Configure<SiloMessagingOptions>(options => (options.ResponseTimeout, options.MaxMessageBodySize) = (Limits.Grains.CallTimeout, Limits.Grains.MessageBytes));
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = Limits.Grains.IdleAge);
        if (config.HasTraces)
        {
            // A filter around each grain call, which costs time even when nobody listens: so only then.
            silo.AddActivityPropagation();
        }

        silo.AddStore(config);
    });

    /// <summary>Silos find each other in the Redis that is their store, and see soon that one of them is gone.</summary>
    private static void UseCluster(this ISiloBuilder silo, SiloConfig config)
    {
        silo.UseRedisMembership();
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Limits.Cluster.Probe;
            membership.MinProbeTimeout = Limits.Cluster.ShortestProbe;
            membership.MaxProbeTimeout = Limits.Cluster.LongestProbe;
            membership.NumMissedProbesLimit = Limits.Cluster.MissedProbes;
            membership.IAmAliveTablePublishTimeout = Limits.Cluster.RowWrittenEvery;
            membership.TableRefreshTimeout = Limits.Cluster.TableReadEvery;
        });
        silo.Services.AddHostedService<MembershipRow>();
        silo.Services.AddHostedService<SilosFollowed>();
        silo.Services.AddHostedService<WarmUp>();
    }

    private static RedisStoreOptions StoreOf(SiloConfig config, RedisAccess redis) => new()
    {
        Access = redis,
        DataDirectory = config.DataFolder,
        AcceptLoss = config.AcceptLoss,
        AcceptStore = config.AcceptStore,
    };

    private static void AddStore(this ISiloBuilder silo, SiloConfig config)
    {
        if (config.Redis is { } redis)
        {
            silo.AddRedisStorage(StoreOf(config, redis));
            silo.Services.AddHostedService<StoreWatch>();
        }
        else
        {
            silo.AddSqliteStorage(new SqliteStoreOptions { Path = Path.Combine(config.DataFolder, StoreCommands.FileName) });
        }
    }
}
