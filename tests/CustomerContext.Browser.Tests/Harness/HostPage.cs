using System.Globalization;
using System.Net;
using System.Text;
using CustomerContext.Testing;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>A page of another site: an origin of its own on this machine.</summary>
internal sealed class HostPage : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    /// <summary>Serves the markup at every path.</summary>
    /// <param name="markup">What is in the page.</param>
    /// <param name="port">Absent: any that is free.</param>
    public HostPage(string markup, int? port = null)
    {
        Url = new Uri($"http://localhost:{port?.ToString(CultureInfo.InvariantCulture) ?? FreePort.NextText()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = Serve(Encoding.UTF8.GetBytes($"<!doctype html><meta charset=utf-8><title>Host</title>{markup}"));
    }

    /// <summary>Where it is.</summary>
    public Uri Url { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task Serve(byte[] page)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "text/html";
                await context.Response.OutputStream.WriteAsync(page);
                context.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
