using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>Sends to the doors over HTTP as somebody would who writes the requests by hand.</summary>
internal sealed class HttpSender(SiloProcess silo) : IDisposable
{
    public const string Events = "/events";
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    /// <summary>It asks before it sends a body. One that does not may write into a connection that the refusal has closed, and then reads a broken pipe instead of the refusal.</summary>
    private readonly HttpClient _http = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(20) })
    {
        BaseAddress = silo.Http,
        DefaultRequestHeaders = { ExpectContinue = true },
    };

    /// <summary>The token of a program of <paramref name="tenant"/>.</summary>
    public string TokenOf(string tenant) => $"Bearer {silo.Tokens.Sign(DevTokens.Actor(tenant, "events", isPerson: false))}";

    /// <summary>The status and the JSON of the answer.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> Send(string path, string type, HttpContent body, string? authorization, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }

    public Task<(HttpStatusCode Status, JsonElement Answer)> Send(string path, string type, string body, string? authorization, params (string Name, string Value)[] headers) =>
        Send(path, type, new StringContent(body, Encoding.UTF8), authorization, headers);

    /// <summary>The results of events as the contract has them.</summary>
    public static PublishSignalsResponse Results(JsonElement answer) => JsonParser.Default.Parse<PublishSignalsResponse>(answer.GetRawText());

    /// <summary>A signal as a CloudEvent of acme.</summary>
    public static string EventOf(Signal signal)
    {
        var kind = Signal.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(signal);
        var attributes = new Dictionary<string, object?>
        {
            ["specversion"] = "1.0",
            ["type"] = kind is null ? "org.customercontext.nothing.v1" : $"org.customercontext.{kind.Name}.v1",
            ["source"] = signal.Source.Length == 0 ? "acme/crm" : $"acme/{signal.Source}",
            ["id"] = signal.Id,
            ["link"] = signal.Link,
            ["anextension"] = 5,
        };
        if (signal.OccurredTime is { } time)
        {
            attributes["time"] = JsonSerializer.Deserialize<string>(JsonFormatter.ToDiagnosticString(time));
        }

        if (signal.Subject is { } subject)
        {
            attributes["subject"] = subject.IdentifierCase switch
            {
                SubjectIdentifier.IdentifierOneofCase.Email => $"mailto:{subject.Email}",
                SubjectIdentifier.IdentifierOneofCase.PhoneNumber => $"tel:{subject.PhoneNumber}",
                SubjectIdentifier.IdentifierOneofCase.CustomerId => $"customer:{subject.CustomerId}",
                _ => subject.Opaque,
            };
        }

        if (kind is not null)
        {
            attributes["data"] = JsonSerializer.Deserialize<JsonElement>(JsonFormatter.Default.Format((IMessage)kind.Accessor.GetValue(signal)));
        }

        return JsonSerializer.Serialize(attributes);
    }

    public void Dispose() => _http.Dispose();
}
