using System.Diagnostics.Metrics;
using CustomerContext.Grains;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>What goes out on the watches that this silo serves.</summary>
internal sealed class WatchMetrics
{
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _frames;

    public WatchMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(Telemetry.Name);
        _open = meter.CreateUpDownCounter<long>("customercontext.watch.open", "{watch}", "Watches that are open.");
        _frames = meter.CreateCounter<long>("customercontext.watch.frames", "{frame}", "Messages handed to readers' connections, by kind.");
    }

    /// <summary>A watch was opened.</summary>
    public void Opened() => _open.Add(1);

    /// <summary>A watch is over.</summary>
    public void Closed() => _open.Add(-1);

    /// <summary>A reader's connection has a frame with context.</summary>
    public void Frame() => Sent("frame");

    /// <summary>A reader's connection has a heartbeat.</summary>
    public void Heartbeat() => Sent("heartbeat");

    /// <summary>A reader's connection has the message that the customer's grain ended the watch.</summary>
    public void End() => Sent("end");

    private void Sent(string kind) => _frames.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
