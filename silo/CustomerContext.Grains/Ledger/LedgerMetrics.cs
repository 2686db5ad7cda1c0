using System.Diagnostics.Metrics;

namespace CustomerContext.Grains.Ledger;

/// <summary>What appends to the ledgers of all customers cost this silo.</summary>
public sealed class LedgerMetrics
{
    private readonly TimeProvider _time;
    private readonly Histogram<double> _appends;
    private readonly Histogram<int> _entries;

    /// <summary>One for the process.</summary>
    public LedgerMetrics(IMeterFactory factory, TimeProvider time)
    {
        var meter = factory.Create(Telemetry.Name);
        _time = time;
        _appends = meter.CreateDuration("customercontext.ledger.append.duration", "Time until the store has answered an append to a customer's ledger, by outcome.");
        _entries = meter.CreateHistogram(
            "customercontext.ledger.append.entries",
            "{entry}",
            "Records that were appended together.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] });
    }

    /// <summary>An append begins: the timestamp for <see cref="Ended"/>.</summary>
    public long Begin() => _time.GetTimestamp();

    /// <summary>An append has ended.</summary>
    /// <param name="begun">What <see cref="Begin"/> gave.</param>
    /// <param name="entries">How many records it had.</param>
    /// <param name="outcome">What became of it; absent if nobody knows.</param>
    public void Ended(long begun, int entries, AppendOutcome? outcome)
    {
        var word = outcome switch { AppendOutcome.Applied => "applied", AppendOutcome.Conflict => "conflict", _ => "unknown" };
        _appends.Record(_time.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("outcome", word));
        _entries.Record(entries);
    }
}
