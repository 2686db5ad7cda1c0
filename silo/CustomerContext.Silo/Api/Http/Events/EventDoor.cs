using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Silo.Api.Http.Events;

/// <summary><c>POST /events</c>: CloudEvents 1.0 in, each as a signal. The caller's token is that of gRPC.</summary>
internal sealed class EventDoor(HttpDoor door, Admission admission, SignalIntake intake)
{
    private const string Name = "POST /events";

    private static readonly Refusal _noMode = new(
        RefusalReason.InvalidArgument,
        "content-type",
        "must be application/cloudevents+json, application/cloudevents-batch+json, or application/json with the attributes in headers (ce-specversion, ce-id and so on)");

    /// <summary>Answers a call: as PublishSignals does, one result for each event; the status is that of the event that fared worst.</summary>
    public Task Serve(HttpContext http) => EventReader.ModeOf(http.Request) is { } mode
        ? door.Serve(http, Name, Limits.Requests.MessageBytes, () => admission.Admit(http, HttpDoor.SignalRule), (call, body) => Take(http.Request, mode, call, body))
        : HttpErrors.Answer(http.Response, RpcErrors.From(_noMode), StatusCodes.Status415UnsupportedMediaType);

    private async Task<HttpAnswer> Take(HttpRequest request, EventMode mode, AdmittedCall call, JsonElement body)
    {
        var events = EventReader.Read(request, mode, body).OrThrow();
        var items = events.Select(one => EventTranslator.Read(one, call.Caller)).ToArray();
        var results = await intake.Take(call, items);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].Status is { } status)
            {
                var kind = items[i] is { IsOk: true, Value: var signal } ? Signal.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(signal)?.Name ?? "" : "";
                var field = EventTranslator.NameOf(status.Field, kind);
                status.Field = mode == EventMode.Batch ? $"events[{i}].{field}".TrimEnd('.') : field;
            }
        }

        return new HttpAnswer(StatusOf(results), JsonFormatter.Default.Format(new PublishSignalsResponse { Results = { results } }));
    }

    /// <summary>Many senders look at the status alone: 503 makes them send the whole again, which is safe, and 400 stops them.</summary>
    private static int StatusOf(SignalResult[] results) =>
        results.Any(result => result.Status?.Reason == ErrorReason.StoreUnavailable) ? StatusCodes.Status503ServiceUnavailable
        : results.Any(result => result.Outcome == SignalOutcome.Refused) ? StatusCodes.Status400BadRequest
        : StatusCodes.Status200OK;
}
