using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Signals;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Http;

/// <summary>
/// Hands what a door translated to <see cref="SignalDoor"/>, as PublishSignals does: the same units of the caller's rate, the same rules, the same silence about who is a customer.
/// </summary>
internal sealed class SignalIntake(Admission admission, SignalDoor door, SignalMetrics metrics)
{
    /// <summary>One result for each of <paramref name="items"/>, in order; what could not be translated is refused as it says. Fields begin at the signal.</summary>
    public async Task<SignalResult[]> Take(AdmittedCall call, IReadOnlyList<Outcome<Signal>> items)
    {
        var whole = new PublishSignalsRequest { Signals = { items.Where(item => item.IsOk).Select(item => item.Value!) } };
        admission.Take(call, CallCost.Of(whole) + items.Count - whole.Signals.Count);
        var results = new SignalResult[items.Count];
        foreach (var part in Enumerable.Range(0, items.Count).Where(place => items[place].IsOk).Chunk(Limits.Requests.Signals))
        {
            var request = new PublishSignalsRequest { Signals = { part.Select(place => items[place].Value!) } };
            var taken = await door.Take(call.Caller, request.Signals);
            for (var i = 0; i < part.Length; i++)
            {
                if (taken[i].Status is { } status)
                {
                    // Where the door says signals[3].subject, the sender sent no such list.
                    status.Field = status.Field.Length == 0 ? "" : status.Field[$"signals[{i}]".Length..].TrimStart('.');
                }

                results[part[i]] = taken[i];
            }
        }

        var refused = Enumerable.Range(0, items.Count).Where(place => !items[place].IsOk).ToArray();
        foreach (var place in refused)
        {
            results[place] = new SignalResult { Outcome = SignalOutcome.Refused, Status = ItemStatuses.From(items[place].Refusal!) };
        }

        metrics.Answered([.. refused.Select(place => results[place])]);
        return results;
    }
}
