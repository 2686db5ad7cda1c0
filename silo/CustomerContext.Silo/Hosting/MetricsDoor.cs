using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CustomerContext.Silo.Hosting;

/// <summary>Tells the connections of the door for metrics from others; its port may be any free one.</summary>
internal sealed class MetricsDoor
{
    private static readonly MetricsDoor _mark = new();

    private MetricsDoor()
    {
    }

    /// <summary>Marks what comes in at <paramref name="listen"/>.</summary>
    public static void Mark(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(_mark);
        return next(connection);
    });

    /// <summary>True if the request came in at a marked door.</summary>
    public static bool Is(HttpContext http) => http.Features.Get<MetricsDoor>() is not null;
}
