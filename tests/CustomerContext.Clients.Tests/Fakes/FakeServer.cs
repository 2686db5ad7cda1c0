using System.Net;
using CustomerContext.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Clients.Tests.Fakes;

/// <summary>A server on a port of its own that answers as its script says.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeServer(WebApplication app, Script script)
    {
        _app = app;
        Script = script;
        Address = new Uri(app.Urls.Single());
    }

    public Uri Address { get; }

    public Script Script { get; }

    public static async Task<FakeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var script = new Script();
        builder.Services.AddSingleton(script);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<FakeContexts>();
        app.MapGrpcService<FakeSignals>();
        app.MapGrpcService<FakeConsents>();
        app.MapGrpcService<FakeIdentities>();
        app.MapGrpcService<FakeCatalogue>();
        app.MapGrpcService<FakeWork>();
        app.MapGrpcService<FakeWebhooks>();
        await app.StartAsync();
        return new FakeServer(app, script);
    }

    /// <summary>A client with generous deadlines and short waits.</summary>
    public CustomerContextClient Client(Func<CustomerContextClientOptions, CustomerContextClientOptions>? change = null)
    {
        var options = new CustomerContextClientOptions
        {
            Address = Address,
            ReadDeadline = TimeSpan.FromSeconds(20),
            WriteDeadline = TimeSpan.FromSeconds(20),
            Retry = new RetryOptions { InitialBackoff = TimeSpan.FromMilliseconds(1), MaxBackoff = TimeSpan.FromMilliseconds(2) },
        };
        return new CustomerContextClient(change?.Invoke(options) ?? options);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
