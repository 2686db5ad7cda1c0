using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Standins.Tests.Grpc;

/// <summary>A server on a port of its own, and a channel to it.</summary>
internal sealed class ProbeHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProbeHost(WebApplication app, GrpcChannelOptions options)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Channel = GrpcChannel.ForAddress(Address, options);
        Client = new Probe.ProbeClient(Channel);
    }

    public Uri Address { get; }
    public GrpcChannel Channel { get; }
    public Probe.ProbeClient Client { get; }
    public ProbeScript Script => _app.Services.GetRequiredService<ProbeScript>();
    public IServiceProvider Services => _app.Services;

    public static async Task<ProbeHost> StartAsync(
        Action<GrpcServiceOptions>? grpc = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null,
        GrpcChannelOptions? channel = null, HttpProtocols protocols = HttpProtocols.Http2)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddSingleton<ProbeScript>();
        builder.Services.AddGrpc(options => grpc?.Invoke(options));
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapGrpcService<ProbeService>();
        map?.Invoke(app);
        await app.StartAsync();
        return new ProbeHost(app, channel ?? new GrpcChannelOptions());
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
