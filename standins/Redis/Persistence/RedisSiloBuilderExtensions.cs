using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

public static class RedisSiloBuilderExtensions
{
    public static ISiloBuilder AddRedisGrainStorage(this ISiloBuilder builder, string name, Action<RedisStorageOptions> configureOptions) =>
        builder.AddRedisGrainStorage(name, options => options.Configure(configureOptions));

    public static ISiloBuilder AddRedisGrainStorage(this ISiloBuilder builder, string name, Action<OptionsBuilder<RedisStorageOptions>> configureOptionsBuilder)
    {
        configureOptionsBuilder(builder.Services.AddOptions<RedisStorageOptions>(name));
        return builder.ConfigureServices(services => services.AddGrainStorage(name, static (provider, name) => new RedisGrainStorage(
            name,
            provider.GetRequiredService<IOptionsMonitor<RedisStorageOptions>>().Get(name),
            provider.GetRequiredService<IOptions<ClusterOptions>>())));
    }
}
