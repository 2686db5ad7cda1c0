using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Runtime;

namespace CustomerContext.Standins.Tests.OrleansTests;

/// <summary>What a silo on one machine wants to be told.</summary>
public sealed class ClusteringTests
{
    [Fact]
    public async Task UseLocalhostClustering_NoSiloPort_DoesNotStart()
    {
        await Assert.ThrowsAsync<OrleansConfigurationException>(async () =>
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.SetMinimumLevel(LogLevel.None);
            builder.UseOrleans(silo => silo.UseLocalhostClustering(0, 0));
            using var host = builder.Build();
            await host.StartAsync();
        });
    }
}
