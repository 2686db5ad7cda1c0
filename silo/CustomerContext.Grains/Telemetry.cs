using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CustomerContext.Grains;

/// <summary>What all that is measured of this service shares. Labels name kinds, tenants and methods: never a person, whether customer or agent, and no id.</summary>
public static class Telemetry
{
    /// <summary>Name of the meter and of the traces' source.</summary>
    public const string Name = "CustomerContext";

    /// <summary>Starts the spans that neither ASP.NET Core nor Orleans starts. While traces are off it starts none.</summary>
    internal static readonly ActivitySource Traces = new(Name);

    /// <summary>Upper bounds of the buckets of a duration, in seconds: fine where a lookup should be, coarse where something waits.</summary>
    private static readonly InstrumentAdvice<double> _seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
    };

    /// <summary>A histogram of durations in seconds.</summary>
    public static Histogram<double> CreateDuration(this Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, advice: _seconds);
}
