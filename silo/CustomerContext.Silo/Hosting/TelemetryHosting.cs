using CustomerContext.Grains;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Api.Contexts;
using CustomerContext.Silo.Api.Signals;
using CustomerContext.Silo.Config;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// What is seen of the silo from outside: metrics, in the text form of Prometheus and by OTLP, and traces if they are asked for. docs/metrics.md says what each figure means.
/// </summary>
internal static class TelemetryHosting
{
    private const string Path = "/metrics";

    /// <summary>The meters of what the silo stands on.</summary>
    private static readonly string[] _meters = ["Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>The sources of spans of what the silo stands on: a call at the door, grain calls, and storage of grain state.</summary>
    private static readonly string[] _sources = ["Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Microsoft.Orleans.Storage"];

    /// <summary>Collects the silo's own figures, and those of what it stands on.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, SiloConfig config)
    {
        builder.Services
            .AddSingleton<SiloMetrics>()
            .AddSingleton<LookMetrics>()
            .AddSingleton<WatchMetrics>()
            .AddSingleton<SignalMetrics>()
            .AddSingleton<CustomerMetrics>()
            .AddSingleton<LedgerMetrics>()
            .AddSingleton<TribeMetrics>()
            .AddSingleton<WorkMetrics>();
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("customercontext")).WithMetrics(metrics =>
        {
            metrics.AddMeter([Telemetry.Name, .. _meters]).AddPrometheusExporter();
            if (config.Otlp is not null)
            {
                metrics.AddOtlpExporter(Export);
            }
        });
        if (config.HasTraces)
        {
            telemetry.WithTracing(traces => traces.AddSource([Telemetry.Name, .. _sources]).AddProcessor(new TraceFilter()).AddOtlpExporter(Export));
        }

        void Export(OtlpExporterOptions options) => options.Endpoint = config.Otlp!;
    }

    /// <summary>Shows the metrics on their own door, where nothing else is, or else on the HTTP/1.1 door: the other one is for callers, and speaks HTTP/2.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        var haveOwnDoor = app.Services.GetRequiredService<SiloConfig>().Metrics is not null;
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context =>
            context.Request.Path == Path && HttpProtocol.IsHttp11(context.Request.Protocol) && MetricsDoor.Is(context) == haveOwnDoor);
        app.UseWhen(MetricsDoor.Is, nothingElse => nothingElse.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
    }
}
