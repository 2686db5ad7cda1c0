using CustomerContext.Domain;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Consents;
using CustomerContext.Silo.Api.Contexts;
using CustomerContext.Silo.Api.Http;
using CustomerContext.Silo.Api.Http.Mcp;
using CustomerContext.Silo.Api.Identities;
using CustomerContext.Silo.Api.Catalogue;
using CustomerContext.Silo.Api.Queues;
using CustomerContext.Silo.Api.Signals;
using CustomerContext.Silo.Api.Tribes;
using CustomerContext.Silo.Api.Webhooks;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Messages;
using CustomerContext.Silo.Records;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerContext.Silo.Hosting;

/// <summary>What listens: gRPC over HTTP/2, HTTP/1.1 for health and for doors that are not gRPC, and the metrics if they have a door of their own; all with TLS if there is a certificate.</summary>
internal static class Doors
{
    private const int StreamWindowBytes = 256 * 1024;

    private static readonly TimeSpan _pingAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _pingTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Adds both doors and what stands behind them.</summary>
    public static void AddDoors(this WebApplicationBuilder builder, SiloConfig config)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // What is slow, or does nothing, makes room.
            kestrel.Limits.KeepAliveTimeout = Limits.Doors.KeepAlive;
            kestrel.Limits.RequestHeadersTimeout = Limits.Doors.Headers;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(Limits.Doors.BodyBytesPerSecond, Limits.Doors.BodyGrace);
            kestrel.Limits.MinResponseDataRate = new MinDataRate(Limits.Doors.AnswerBytesPerSecond, Limits.Doors.AnswerGrace);
            kestrel.Limits.MaxRequestHeadersTotalSize = Limits.Doors.HeaderBytes;
            kestrel.Limits.Http2.MaxStreamsPerConnection = Limits.Doors.CallsPerConnection;

            // A peer that is gone without a word is noticed; half-open watches would stay for ever otherwise.
            kestrel.Limits.Http2.KeepAlivePingDelay = _pingAfter;
            kestrel.Limits.Http2.KeepAlivePingTimeout = _pingTimeout;
            kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
            kestrel.Listen(config.Grpc, listen => Open(listen, HttpProtocols.Http2, new(Limits.Doors.Connections, config.ConnectionsPerAddress), config.Certificate));
            kestrel.Listen(config.Http, listen => Open(listen, HttpProtocols.Http1, new(Limits.Doors.HttpConnections, config.ConnectionsPerAddress), config.Certificate));
            if (config.Metrics is { } metrics)
            {
                kestrel.Listen(metrics, listen =>
                {
                    MetricsDoor.Mark(listen);
                    Open(listen, HttpProtocols.Http1, new(Limits.Doors.HttpConnections, config.ConnectionsPerAddress), config.Certificate);
                });
            }
        });
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = Limits.Doors.SmallMessageBytes;
            options.MaxSendMessageSize = Limits.Requests.MessageBytes;
            options.Interceptors.Add<CallInterceptor>();
        }).AddJsonCalls().AddServiceOptions<SignalApi>(options => options.MaxReceiveMessageSize = Limits.Requests.MessageBytes);
        builder.Services.AddSingleton<CallInterceptor>();
        builder.Services.AddGrpcReflection();
        builder.Services.AddSingleton<DoorHealth>();
        builder.Services.AddGrpcHealthChecks(checks => checks.Services.Map("", check => !check.Tags.Contains(DoorHealth.Tag)))
            .AddCheck<StoreHealth>("store")
            .AddCheck<SilosUp>("silos", tags: [DoorHealth.Tag])
            .AddCheck<TenantsFile>("tenants", tags: [DoorHealth.Tag])
            .AddCheck<StoreSeen>("store as last seen", tags: [StoreSeen.Tag])
            .AddCheck<DoorHealth>("grpc", tags: [DoorHealth.Tag]);

        // Checks also run by themselves every half minute, for those who watch gRPC's health method.
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher => publisher.Predicate = check => check.Tags.Contains(StoreSeen.Tag));
    }

    /// <summary>Maps what the doors lead to.</summary>
    public static void MapDoors(this WebApplication app)
    {
        if (app.Services.GetRequiredService<SiloConfig>().Development)
        {
            app.UseMiddleware<LoopbackGuard>();
        }

        app.MapMetrics();
        app.UseBrowserCalls();
        app.UseMiddleware<CallDoor>();
        app.UseMiddleware<JsonCallDoor>();
        app.UseMiddleware<McpDoor>();
        app.MapGrpcService<ContextApi>().ForBrowsers().Add(ContextMethods.PutBehind);
        app.MapGrpcService<SignalApi>().ForBrowsers();
        app.MapGrpcService<ConsentApi>();
        app.MapGrpcService<IdentityApi>();
        app.MapGrpcService<TribeApi>();
        app.MapGrpcService<AttentionApi>();
        app.MapGrpcService<WebhookApi>();
        app.MapGrpcService<CatalogApi>().ForBrowsers();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        app.MapHealthChecks("/healthz", HealthAnswer.Options);
        app.MapRecordDoors();
        app.MapOutbox();
        app.MapHttpDoors();
        app.MapMcpDoor();
    }

    private static void Open(ListenOptions listen, HttpProtocols protocols, ConnectionLimit limit, OwnCertificate? certificate)
    {
        listen.Protocols = protocols;
        listen.Use(limit.Before);
        listen.Use(next => TakenOutput.Before(next, TimeProvider.System));
        if (certificate is not null)
        {
            listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (certificate.Certificate, certificate.Chain));
        }
    }
}
