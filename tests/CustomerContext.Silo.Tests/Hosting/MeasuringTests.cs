using System.Diagnostics.Metrics;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Silo.Api.Contexts;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>What is measured on the way of a lookup and of a frame costs no memory.</summary>
public sealed class MeasuringTests : IDisposable
{
    private const int Times = 10_000;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton(TimeProvider.System).BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private long _measured;

    public MeasuringTests()
    {
        var scope = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && instrument.Meter.Scope == scope)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => _measured++);
        _listener.SetMeasurementEventCallback<int>((_, _, _, _) => _measured++);
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => _measured++);
        _listener.Start();
    }

    [Fact]
    public void Measures_OfLooksAndFrames_AllocateNothing()
    {
        var looks = ActivatorUtilities.CreateInstance<LookMetrics>(_services);
        var appends = ActivatorUtilities.CreateInstance<LedgerMetrics>(_services);
        var watches = ActivatorUtilities.CreateInstance<WatchMetrics>(_services);
        var customers = ActivatorUtilities.CreateInstance<CustomerMetrics>(_services);
        Measure();
        _measured = 0;

        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(5 * Times, _measured);
        Assert.Equal(0, allocated);

        void Measure()
        {
            for (var i = 0; i < Times; i++)
            {
                var begun = appends.Begin();
                appends.Ended(begun, 1, AppendOutcome.Applied);
                looks.Answered(begun, isWhole: true);
                watches.Frame();
                customers.Shown(begun);
            }
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }
}
