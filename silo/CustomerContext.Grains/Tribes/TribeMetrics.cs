using System.Diagnostics.Metrics;

namespace CustomerContext.Grains.Tribes;

/// <summary>What the releases of tribes take.</summary>
public sealed class TribeMetrics
{
    private readonly TimeProvider _time;
    private readonly Histogram<double> _releases;

    /// <summary>One for the process.</summary>
    public TribeMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        _releases = factory.Create(Telemetry.Name).CreateDuration(
            "customercontext.tribe.release.duration", "Time from the start of a tribe's release until it can be read.");
    }

    /// <summary>A release that began at <paramref name="begun"/>, a timestamp of the grain's clock, can be read.</summary>
    public void Released(long begun) => _releases.Record(_time.GetElapsedTime(begun).TotalSeconds);
}
