using System.Diagnostics.Metrics;
using CustomerContext.Domain.Common;
using CustomerContext.Grains;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>How lookups end and how long they take. A lookup of a batch counts like one of its own.</summary>
internal sealed class LookMetrics
{
    private readonly TimeProvider _time;
    private readonly Histogram<double> _looks;

    public LookMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        _looks = factory.Create(Telemetry.Name).CreateDuration("customercontext.look.duration", "Time of a lookup from its arrival to its answer, by outcome.");
    }

    /// <summary>A lookup that arrived at <paramref name="arrived"/> (<see cref="TimeProvider.GetTimestamp"/>) is answered; <paramref name="isWhole"/>: with all that it asked for.</summary>
    public void Answered(long arrived, bool isWhole) => Ended(arrived, isWhole ? "shown" : "partly");

    /// <summary>It is refused.</summary>
    public void Refused(long arrived, Refusal refusal) => Ended(arrived, refusal.Reason switch
    {
        RefusalReason.ConsentRequired => "consent_required",
        RefusalReason.CallerNotAllowed => "caller_not_allowed",
        RefusalReason.InvalidArgument => "invalid",
        _ => "refused",
    });

    /// <summary>It failed; <paramref name="mayPass"/>: with trouble of the store or the silo that passes.</summary>
    public void Failed(long arrived, bool mayPass) => Ended(arrived, mayPass ? "unavailable" : "failed");

    private void Ended(long arrived, string outcome) =>
        _looks.Record(_time.GetElapsedTime(arrived).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
}
