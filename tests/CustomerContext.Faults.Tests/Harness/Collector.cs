using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>Takes whatever is exported by OTLP over gRPC, and keeps the bytes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private static readonly byte[] _emptyMessage = [0, 0, 0, 0, 0];

    private readonly MemoryStream _taken = new();
    private readonly WebApplication _app;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.Run(Take);
    }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>All that was sent, byte for byte.</summary>
    public string Taken
    {
        get
        {
            lock (_taken)
            {
                return System.Text.Encoding.Latin1.GetString(_taken.ToArray());
            }
        }
    }

    public static async Task<Collector> Start()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _taken.Dispose();
    }

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        lock (_taken)
        {
            body.WriteTo(_taken);
        }

        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(_emptyMessage);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
