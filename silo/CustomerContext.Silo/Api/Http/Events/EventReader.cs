using System.Net.Http.Headers;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Api.Http.Events;

/// <summary>How the events of a request are packed, after the HTTP binding of CloudEvents 1.0.</summary>
internal enum EventMode
{
    /// <summary>Attributes in headers, the data in the body.</summary>
    Binary,

    /// <summary>One event as JSON.</summary>
    Structured,

    /// <summary>A list of events as JSON.</summary>
    Batch,
}

/// <summary>Takes the events out of a request.</summary>
internal static class EventReader
{
    private const string Prefix = "ce-";
    private const string Json = "application/json";

    private static readonly Refusal _noObject = new(RefusalReason.InvalidArgument, "", "must be a JSON object");

    /// <summary>How the request is packed; absent if in no way that is known here.</summary>
    public static EventMode? ModeOf(HttpRequest request)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType : null;
        return type?.ToLowerInvariant() switch
        {
            "application/cloudevents+json" => EventMode.Structured,
            "application/cloudevents-batch+json" => EventMode.Batch,
            Json when request.Headers.ContainsKey($"{Prefix}specversion") => EventMode.Binary,
            _ => null,
        };
    }

    /// <summary>The events of the request, 1 to <see cref="Limits.Requests.Signals"/>.</summary>
    public static Outcome<CloudEvent[]> Read(HttpRequest request, EventMode mode, JsonElement body)
    {
        if (mode != EventMode.Batch)
        {
            return (CloudEvent[])[mode == EventMode.Binary ? Binary(request.Headers, body) : Structured(body)];
        }

        return body.ValueKind == JsonValueKind.Array && body.GetArrayLength() is > 0 and <= Limits.Requests.Signals
            ? (CloudEvent[])[.. body.EnumerateArray().Select(Structured)]
            : new Refusal(RefusalReason.InvalidArgument, "events", $"must be a JSON array of 1 to {Limits.Requests.Signals} events");
    }

    private static CloudEvent Binary(IHeaderDictionary headers, JsonElement body) => new(
        headers.Where(header => header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[Prefix.Length..].ToLowerInvariant(), header => Uri.UnescapeDataString(header.Value.ToString()), StringComparer.Ordinal),
        body);

    private static CloudEvent Structured(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new CloudEvent(new Dictionary<string, string>(), null, _noObject);
        }

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonElement? data = null;
        foreach (var (name, value) in json.EnumerateObject().Select(one => (one.Name, one.Value)))
        {
            if (name == "data")
            {
                data = value;
            }
            else if (value.ValueKind == JsonValueKind.String)
            {
                attributes[name] = value.GetString()!;
            }
            else if (EventTranslator.Reads(name) && value.ValueKind != JsonValueKind.Null)
            {
                return new CloudEvent(attributes, null, new Refusal(RefusalReason.InvalidArgument, name, "must be text"));
            }
        }

        return new CloudEvent(attributes, data);
    }
}
