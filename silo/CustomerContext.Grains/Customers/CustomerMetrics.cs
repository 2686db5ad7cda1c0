using System.Diagnostics.Metrics;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Customers;

/// <summary>How long those wait who watch a customer, and the customer who takes something back. Each time is measured inside one grain, so by one clock.</summary>
public sealed class CustomerMetrics
{
    private readonly TimeProvider _time;
    private readonly Histogram<double> _shown;
    private readonly Histogram<double> _dark;
    private readonly Counter<long> _reported;

    /// <summary>One for the process.</summary>
    public CustomerMetrics(IMeterFactory factory, TimeProvider time)
    {
        var meter = factory.Create(Telemetry.Name);
        _time = time;
        _shown = meter.CreateDuration(
            "customercontext.watch.signal_to_frame.duration", "Time from the arrival of a signal at the customer's grain until the first frame with it was handed to a reader's connection.");
        _reported = meter.CreateCounter<long>(
            "customercontext.ties.reported", "{proposal}", "Proposals of friends that a customer reported as wrong or as an abuse, by the tenant that made them.");
        _dark = meter.CreateDuration(
            "customercontext.watch.change_to_dark.duration",
            "Time from the arrival of a revoke, or of another change of consent that ends watches, until no frame of them was on its way any more.");
    }

    /// <summary>A customer has reported a proposal of <paramref name="source"/>; absent or default: of another customer.</summary>
    public void Reported(SourceId? source) => _reported.Add(1, new KeyValuePair<string, object?>("tenant", source is { Value: not null } named ? named.Tenant?.Value ?? "none" : "none"));

    /// <summary>A reader has the first frame with a signal that arrived at <paramref name="arrived"/>, a timestamp of the grain's clock.</summary>
    public void Shown(long arrived) => _shown.Record(_time.GetElapsedTime(arrived).TotalSeconds);

    /// <summary>No frame is on its way any more of the watches that were ended by what arrived at <paramref name="arrived"/>.</summary>
    public void Dark(long arrived) => _dark.Record(_time.GetElapsedTime(arrived).TotalSeconds);
}
