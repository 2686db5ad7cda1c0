using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerContext.Domain;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Grains.Durability;

/// <summary>
/// Tells an operator of failures that no caller hears of, and of failures of the store. Each is counted; of one kind of work and fault there is a line in the log at once and
/// then at most one every <see cref="Limits.Failures.LogEvery"/>. A fault is named by the types of its exceptions, since their texts may name a customer's key.
/// </summary>
/// <remarks>Safe for use from many threads.</remarks>
public sealed partial class FailureReport
{
    private readonly ConcurrentDictionary<(string Work, string Fault), Lines> _lines = new();
    private readonly Counter<long> _failures;
    private readonly TimeProvider _time;
    private readonly ILogger<FailureReport> _log;

    /// <summary>One for the process.</summary>
    public FailureReport(IMeterFactory meters, TimeProvider time, ILogger<FailureReport> log)
    {
        _failures = meters.Create(Telemetry.Name).CreateCounter<long>(
            "customercontext.failures", description: "Failures of work in the background and of calls to the store, by work and fault.");
        (_time, _log) = (time, log);
    }

    /// <summary>Work in the background failed.</summary>
    /// <param name="work">Names the work; never a person.</param>
    /// <param name="error">Why. Trouble that may pass is a warning; anything else is an error, with the place where it happened.</param>
    public void Note(string work, Exception error) => Note(work, error, Trouble.MayPass(error));

    /// <summary>A call to the store failed: a warning, whatever the store said.</summary>
    public void NoteStore(string store, Exception error) => Note(store, error, mayPass: true);

    private void Note(string work, Exception error, bool mayPass)
    {
        var fault = FaultOf(error);
        _failures.Add(1, new("work", work), new("fault", fault));
        var lines = _lines.GetOrAdd((work, fault), _ => new Lines());
        if (lines.Due(_time) is not { } count)
        {
            return;
        }

        if (mayPass)
        {
            LogTrouble(_log, work, fault, count);
        }
        else
        {
            LogUnexpected(_log, work, fault, count, error.StackTrace);
        }
    }

    private static string FaultOf(Exception error) =>
        error.InnerException is { } inner && inner.GetType() != error.GetType() ? $"{error.GetType().Name} of {FaultOf(inner)}" : error.GetType().Name;

    [LoggerMessage(700, LogLevel.Warning, "{Work} failed with {Fault}, {Count} times since the last such line; it will be tried again")]
    private static partial void LogTrouble(ILogger logger, string work, string fault, int count);

    [LoggerMessage(701, LogLevel.Error, "{Work} failed unexpectedly with {Fault}, {Count} times since the last such line; it will be tried again\n{Place}")]
    private static partial void LogUnexpected(ILogger logger, string work, string fault, int count, string? place);

    /// <summary>When one kind of failure was logged last, and how often it happened since.</summary>
    private sealed class Lines
    {
        private readonly Lock _lock = new();
        private long? _last;
        private int _count;

        /// <summary>Counts one more; how many there are to be told of now, absent if it is too early for a line.</summary>
        public int? Due(TimeProvider time)
        {
            lock (_lock)
            {
                _count++;
                if (_last is { } last && time.GetElapsedTime(last) < Limits.Failures.LogEvery)
                {
                    return null;
                }

                var count = _count;
                (_last, _count) = (time.GetTimestamp(), 0);
                return count;
            }
        }
    }
}
