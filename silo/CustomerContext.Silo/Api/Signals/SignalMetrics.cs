using System.Diagnostics.Metrics;
using CustomerContext.Domain.Common;
using CustomerContext.Grains;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>What became of signals. Nothing here tells a tenant more than its answers do: whether a signal was kept is not counted.</summary>
internal sealed class SignalMetrics
{
    private readonly Counter<long> _signals;
    private readonly Counter<long> _untold;

    public SignalMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(Telemetry.Name);
        _signals = meter.CreateCounter<long>("customercontext.signals", "{signal}", "Signals that were answered, by outcome.");
        _untold = meter.CreateCounter<long>(
            "customercontext.signals_refused_untold", description: "Signals that were not kept and were answered as accepted, since the answer would have told who collects.");
    }

    /// <summary>Signals were answered.</summary>
    public void Answered(ReadOnlySpan<SignalResult> results)
    {
        foreach (var result in results)
        {
            _signals.Add(1, new KeyValuePair<string, object?>("outcome", OutcomeOf(result)));
        }
    }

    /// <summary>Signals of <paramref name="tenant"/> were refused without telling it.</summary>
    public void RefusedUntold(TenantId tenant, int count) => _untold.Add(count, new KeyValuePair<string, object?>("tenant", tenant.Value));

    private static string OutcomeOf(SignalResult result) => result.Outcome switch
    {
        SignalOutcome.Accepted => "accepted",
        SignalOutcome.Duplicate => "duplicate",
        _ => result.Status?.Reason == ErrorReason.StoreUnavailable ? "unavailable" : "refused",
    };
}
