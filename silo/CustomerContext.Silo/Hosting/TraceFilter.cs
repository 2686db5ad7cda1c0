using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// Lets only what is known to be harmless leave with a trace. ASP.NET Core and Orleans put addresses, ids of grains and texts of exceptions into their spans, and a newer version may put more: so
/// what may stay is listed, and everything else is taken away.
/// </summary>
internal sealed class TraceFilter : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> _kept = FrozenSet.ToFrozenSet(
    [
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type", "grpc.method", "grpc.status_code",
        "rpc.system", "rpc.system.name", "rpc.service", "rpc.method", "orleans.rpc.service", "orleans.storage.provider", "orleans.storage.state.name", "orleans.storage.state.type",
    ]);

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Where(tag => !_kept.Contains(tag.Key)).ToArray())
        {
            data.SetTag(tag.Key, null);
        }

        // Without its description, which is the text of an exception, and without what a caller had passed on.
        data.SetStatus(data.Status);
        data.TraceStateString = null;
        if (data.Events.Any())
        {
            // An event, which holds the text of an exception, cannot be taken away from a span. The span of the call around it says that it failed.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
