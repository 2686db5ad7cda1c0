using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerContext.Domain;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Messages;

/// <summary>
/// Hands messages to a program of the company's own, which sends them by SMS or e-mail: a <see cref="StandardWebhook"/>.
/// </summary>
internal sealed class WebhookSender(TimeProvider time) : IMessageSender, IDisposable
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    // A trace is the operator's own and goes to no company.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { Timeout = Limits.Joins.SendTimeout };

    public bool Takes(MessageWays ways, AddressKind kind) => ways.Webhook is not null;

    public async Task<bool> Send(MessageWays ways, JoinMessage message, CancellationToken cancellation)
    {
        var (address, secret) = ways.Webhook!.Value;
        var body = JsonSerializer.Serialize(new Form(message), _json);
        using var request = StandardWebhook.Request(address, [secret], message.Id, body, time.GetUtcNow());
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode
                || (IsFinal(response.StatusCode) ? false : throw new MessageNotSentException($"The webhook answered {(int)response.StatusCode}."));
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new MessageNotSentException("The webhook did not answer.", error);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Refused, and the same again would be refused too.</summary>
    private static bool IsFinal(HttpStatusCode code) =>
        code is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    /// <summary>The body. Type and names are part of what companies build on: docs/joins.md.</summary>
    private sealed record Form(string Type, string Tenant, string Kind, string To, string Language, string Subject, string Text, string Link, string StopLink, DateTimeOffset ExpiresTime)
    {
        public Form(JoinMessage message)
            : this(
                "consent.request", message.Tenant.Value, message.Kind == AddressKind.Phone ? "phone_number" : "email", message.To, message.Language, message.Subject, message.Text,
                message.Link, message.StopLink, message.Expires)
        {
        }
    }
}
