using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace CustomerContext.Standins.Tests.Grpc;

public class HealthTests
{
    [Theory]
    [InlineData(HealthStatus.Healthy, ServingStatus.Serving)]
    [InlineData(HealthStatus.Degraded, ServingStatus.Serving)]
    [InlineData(HealthStatus.Unhealthy, ServingStatus.NotServing)]
    public async Task Check_Server_TellsItsHealth(HealthStatus health, ServingStatus expected)
    {
        await using var host = await StartAsync(() => health);

        var response = await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest());

        Assert.Equal(expected, response.Status);
    }

    [Fact]
    public async Task Check_MappedService_RunsItsOwnChecksOnly()
    {
        await using var host = await StartAsync(() => HealthStatus.Unhealthy);

        var response = await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest { Service = "quiet" });

        Assert.Equal(ServingStatus.Unknown, response.Status);
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFound()
    {
        await using var host = await StartAsync(() => HealthStatus.Healthy);

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest { Service = "nobody" }));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task Watch_UnknownService_SaysSoAndStays()
    {
        await using var host = await StartAsync(() => HealthStatus.Healthy);

        using var call = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest { Service = "nobody" });

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.ServiceUnknown, call.ResponseStream.Current.Status);
    }

    [Fact]
    public async Task Watch_ChangePublished_IsSent()
    {
        var health = HealthStatus.Healthy;
        await using var host = await StartAsync(() => health);

        using var call = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.Serving, call.ResponseStream.Current.Status);
        await PublishAsync(host, HealthStatus.Healthy);
        await PublishAsync(host, health = HealthStatus.Unhealthy);
        var last = ServingStatus.Serving;
        while (last == ServingStatus.Serving && await call.ResponseStream.MoveNext())
        {
            last = call.ResponseStream.Current.Status;
        }

        Assert.Equal(ServingStatus.NotServing, last);
    }

    [Fact]
    public async Task Watch_ApplicationStopping_EndsWithNotServing()
    {
        await using var host = await StartAsync(() => HealthStatus.Healthy);

        using var call = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.NotServing, call.ResponseStream.Current.Status);
        Assert.False(await call.ResponseStream.MoveNext());
    }

    private static Task<ProbeHost> StartAsync(Func<HealthStatus> health) => ProbeHost.StartAsync(
        configure: builder => builder.Services
            .AddGrpcHealthChecks(options => options.Services.Map("quiet", check => check.Tags.Contains("quiet")))
            .AddCheck("store", () => new HealthCheckResult(health())),
        map: app => app.MapGrpcHealthChecksService());

    private static async Task PublishAsync(ProbeHost host, HealthStatus health)
    {
        var entry = new HealthReportEntry(health, null, TimeSpan.Zero, null, null);
        var report = new HealthReport(new Dictionary<string, HealthReportEntry> { ["store"] = entry }, TimeSpan.Zero);
        foreach (var publisher in host.Services.GetServices<IHealthCheckPublisher>())
        {
            await publisher.PublishAsync(report, CancellationToken.None);
        }
    }
}
