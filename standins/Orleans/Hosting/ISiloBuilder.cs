using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Hosting
{
    public interface ISiloBuilder
    {
        IServiceCollection Services { get; }

        IConfiguration Configuration { get; }
    }

    public static class SiloBuilderExtensions
    {
        public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureDelegate)
        {
            configureDelegate(builder.Services);
            return builder;
        }

        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
            where TOptions : class => builder.ConfigureServices(services => services.Configure(configureOptions));
    }

    public static class CoreHostingExtensions
    {
        /// <summary>One silo on this machine. The ports are not opened: nobody else is there to connect.</summary>
        public static ISiloBuilder UseLocalhostClustering(
            this ISiloBuilder builder,
            int siloPort = 11111,
            int gatewayPort = 30000,
            IPEndPoint? primarySiloEndpoint = null,
            string serviceId = "dev",
            string clusterId = "dev")
        {
            if (primarySiloEndpoint is not null)
            {
                throw new OrleansConfigurationException("Clustering needs Stack=packages.");
            }

            if (siloPort <= 0)
            {
                throw new OrleansConfigurationException("No listening port specified.");
            }

            return builder.ConfigureServices(services => services.PostConfigure<ClusterOptions>(options =>
            {
                options.ServiceId = string.IsNullOrWhiteSpace(options.ServiceId) || serviceId != "dev" ? serviceId : options.ServiceId;
                options.ClusterId = string.IsNullOrWhiteSpace(options.ClusterId) || clusterId != "dev" ? clusterId : options.ClusterId;
            }));
        }
    }

    public static class MemoryGrainStorageSiloBuilderExtensions
    {
        public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name) =>
            builder.ConfigureServices(services => services.AddGrainStorage(name, (_, _) => new MemoryGrainStorage()));
    }

    public static class SiloBuilderReminderExtensions
    {
        public static ISiloBuilder AddReminders(this ISiloBuilder builder) => builder.ConfigureServices(services => services.AddReminders());

        public static void AddReminders(this IServiceCollection services)
        {
            if (services.Any(service => service.ServiceType == typeof(LocalReminderService)))
            {
                return;
            }

            services.AddSingleton<LocalReminderService>();
            services.AddSingleton<ISiloPart>(provider => provider.GetRequiredService<LocalReminderService>());
        }
    }

    public static class SiloBuilderReminderMemoryExtensions
    {
        public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
        {
            builder.Services.AddSingleton<IReminderTable, InMemoryReminderTable>();
            return builder.AddReminders();
        }
    }
}

namespace Orleans.Runtime.Hosting
{
    public static class StorageProviderExtensions
    {
        public static IServiceCollection AddGrainStorage<T>(
            this IServiceCollection collection, string name, Func<IServiceProvider, string, T> implementationFactory)
            where T : IGrainStorage
        {
            collection.AddKeyedSingleton<IGrainStorage>(name, (provider, key) => implementationFactory(provider, (string)key!));
            if (name == "Default")
            {
                collection.TryAddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(name));
            }

            if (typeof(ISiloPart).IsAssignableFrom(typeof(T)))
            {
                collection.AddSingleton(provider => (ISiloPart)provider.GetRequiredKeyedService<IGrainStorage>(name));
            }

            return collection;
        }
    }
}
