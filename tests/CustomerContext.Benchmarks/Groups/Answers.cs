using System.Diagnostics;
using CustomerContext.Domain.Common;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>Survey answers of a seeded customer, as the tenant sends them.</summary>
internal sealed class Answers(SeededSilo silo)
{
    private int _number;

    /// <summary>Sends one; how long it took until it was acknowledged.</summary>
    /// <param name="customer">Who answered.</param>
    /// <param name="answer">1 to 5; another one than the last moves what they contribute.</param>
    public async Task<TimeSpan> Send(CustomerKey customer, int answer)
    {
        var signal = new Signal
        {
            Id = $"answer-{++_number}",
            Subject = new SubjectIdentifier { Email = Seeds.Email(customer) },
            OccurredTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
            Survey = new SurveySignal { Question = "csat", Answer = answer, ScaleMinimum = 1, ScaleMaximum = 5 },
        };
        var begun = Stopwatch.GetTimestamp();
        var results = (await silo.Connections.Next().Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { signal } }, silo.Tenant)).Results;
        var took = Stopwatch.GetElapsedTime(begun);
        return results is [{ Outcome: SignalOutcome.Accepted }]
            ? took
            : throw new InvalidOperationException($"A signal of the benchmark was not accepted: {results}");
    }
}
