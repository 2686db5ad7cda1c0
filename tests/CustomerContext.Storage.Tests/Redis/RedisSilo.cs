using CustomerContext.Grains;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Redis;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Storage;

namespace CustomerContext.Storage.Tests.Redis;

/// <summary>A silo that keeps everything in Redis, as the product does it.</summary>
internal sealed class RedisSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private RedisSilo(IHost host) => _host = host;

    public ILedger Ledger => _host.Services.GetRequiredService<ILedger>();

    public IGrainStorage Grains => _host.Services.GetRequiredKeyedService<IGrainStorage>(StoreNames.Store);

    public IReminderTable Reminders => _host.Services.GetRequiredService<IReminderTable>();

    public IServiceProvider Services => _host.Services;

    public StoreStatus Status => _host.Services.GetRequiredService<StoreStatus>();

    /// <summary>Checks the store, then starts the silo.</summary>
    public static async Task<RedisSilo> StartAsync(RedisStoreOptions options)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort.Next(), FreePort.Next(), serviceId: "customercontext").AddRedisStorage(options));
        var host = builder.Build();
        try
        {
            await host.Services.StartStorageAsync();
            await host.StartAsync();
            return new RedisSilo(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
