using OpenTelemetry.Metrics;

namespace CustomerContext.Silo.Hosting;

/// <summary>What the silo counts, in the text form of Prometheus.</summary>
internal static class MetricsHosting
{
    private const string Path = "/metrics";

    /// <summary>Collects the silo's own figures, and those of the runtime and the server that say how it fares.</summary>
    public static void AddMetrics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiloMetrics>();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(SiloMetrics.Name, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter());
    }

    /// <summary>Shows them on the HTTP/1.1 door only: the other one is for callers, and speaks HTTP/2.</summary>
    public static void MapMetrics(this WebApplication app) =>
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == Path && HttpProtocol.IsHttp11(context.Request.Protocol));
}
