using System.Net;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// Development mode listens on loopback only, since anybody can make tokens there. A proxy on the same machine, or a page in a browser whose name was made to lead here, would open it to others
/// all the same: what came that way is refused.
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next)
{
    private static readonly string[] _forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <summary>Lets in who calls this machine by a name of its own, and with nobody between.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        var host = http.Request.Host.Host.Trim('[', ']');
        var isLocal = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        if (isLocal && !_forwarded.Any(http.Request.Headers.ContainsKey))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
