using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Config;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Http.Segment;

/// <summary><c>POST /v1/KIND</c> and <c>/v1/batch</c>: the messages of the Segment specification, as its clients send them.</summary>
internal sealed class SegmentDoor(HttpDoor door, WriteKeyReader keys, SignalIntake intake, TimeProvider time)
{
    private const string Batch = "batch";

    /// <summary>The calls of the specification.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["identify", "track", "page", "screen", "group", "alias", Batch];

    /// <summary>Answers a call of <paramref name="kind"/>. Clients look at the status alone: 200 unless the request as a whole is none, 503 if they are to send it again.</summary>
    public Task Serve(HttpContext http, string kind)
    {
        WriteKey? key = null;
        return door.Serve(
            http,
            $"POST /v1/{kind}",
            Limits.Doors.SegmentBytes,
            () => ValueTask.FromResult<Access.Caller>(WriteKeyReader.CallerOf(key = keys.Find(http))),
            (call, body) => Take(call, key!, kind, body));
    }

    private async Task<HttpAnswer> Take(AdmittedCall call, WriteKey key, string kind, JsonElement body)
    {
        var received = time.GetUtcNow();
        var messages = kind == Batch ? MessagesOf(body).OrThrow() : [body];
        var items = messages.SelectMany((message, place) =>
            SegmentTranslator.Read(message, kind == Batch ? KindOf(message) : kind, key, received).Select(item => (Place: place, Item: item))).ToArray();
        var results = await intake.Take(call, [.. items.Select(one => one.Item)]);
        if (results.Any(result => result.Status?.Reason == ErrorReason.StoreUnavailable))
        {
            throw RpcErrors.Unavailable();
        }

        // Only what is malformed is told: whoever reads the key in a browser learns nothing else.
        var refused = results.Select((result, i) => (Result: result, items[i].Place))
            .Where(one => one.Result.Status?.Reason == ErrorReason.InvalidArgument)
            .Select(one => new
            {
                field = $"{(kind == Batch ? $"batch[{one.Place}]." : "")}{SegmentTranslator.NameOf(one.Result.Status.Field)}".TrimEnd('.'),
                rule = one.Result.Status.Rule,
            });
        return new HttpAnswer(StatusCodes.Status200OK, JsonSerializer.Serialize(new { success = true, refused }));
    }

    private static Outcome<JsonElement[]> MessagesOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(Batch, out var batch) && batch.ValueKind == JsonValueKind.Array && batch.GetArrayLength() <= Limits.Requests.Signals
            ? (JsonElement[])[.. batch.EnumerateArray()]
            : new Refusal(RefusalReason.InvalidArgument, Batch, $"must be a JSON array of at most {Limits.Requests.Signals} messages");

    private static string KindOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";
}
