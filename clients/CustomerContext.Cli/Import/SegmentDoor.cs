using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CustomerContext.Cli.Replay;
using CustomerContext.Client;
using Grpc.Core;

namespace CustomerContext.Cli.Import;

/// <summary>The server's door for the Segment specification, called with a write key as Segment's own clients call it.</summary>
internal sealed partial class SegmentDoor : IDisposable
{
    /// <summary>The most messages of a request.</summary>
    public const int MostMessages = 500;

    /// <summary>The most bytes of a request.</summary>
    public const int MostBytes = 500 * 1024;

    /// <summary>What is around the messages of a request, in bytes.</summary>
    public const int Envelope = 16;

    private static readonly JsonSerializerOptions _options = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public SegmentDoor(Uri address, string writeKey, TimeProvider time)
    {
        // A redirect would take the key elsewhere. A path of the address, as behind a proxy, stays before ours.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address, address.AbsolutePath.TrimEnd('/') + "/"),
            Timeout = ReplayRetry.Deadline,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{writeKey}:")));
        _time = time;
    }

    /// <summary>Sends messages, and again while the server cannot take them. Safe to repeat: each counts once by its messageId.</summary>
    /// <returns>What was refused: the place of the message, from 0, and why.</returns>
    /// <exception cref="CustomerContextException">The key is not accepted; the request is not accepted; the answer is none of this door; the server has not answered for a while.</exception>
    public async Task<IReadOnlyList<(int Place, string Why)>> SendAsync(IReadOnlyList<ReplayLine.OfMessage> messages, CancellationToken cancellation)
    {
        var body = $"{{\"batch\":[{string.Join(',', messages.Select(message => message.Json))}]}}";
        var started = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var (answer, wait) = await TryAsync(body, attempt, cancellation);
            if (answer is not null)
            {
                (int Place, string Why)[] refused =
                [
                    .. answer.Refused.Select(one => Refusal().Match(one.Field) is { Success: true } match
                        ? (int.Parse(match.Groups["place"].Value), $"{match.Groups["field"].Value} {one.Rule}".Trim())
                        : (0, one.Rule)),
                ];
                return refused.All(one => one.Place < messages.Count) ? refused : throw NoAnswer();
            }

            if (_time.GetElapsedTime(started) + wait > ReplayRetry.Deadline)
            {
                throw new ServerUnavailableException("The server's HTTP door does not answer, or cannot take more now.", new ErrorDetail { Code = StatusCode.Unavailable }, null);
            }

            await Task.Delay(wait, _time, cancellation);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <returns>The answer; or nothing, and how long to wait before it is worth another try.</returns>
    private async Task<(Answer? Answer, TimeSpan Wait)> TryAsync(string body, int attempt, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromTicks(Math.Min(ReplayRetry.Retry.InitialBackoff.Ticks << Math.Min(attempt, 10), ReplayRetry.Retry.MaxBackoff.Ticks));
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync("v1/batch", content, cancellation);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => (AnswerOf(await response.Content.ReadAsByteArrayAsync(cancellation)), wait),
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => (null, response.Headers.RetryAfter?.Delta ?? wait),
                HttpStatusCode.Unauthorized => throw new NotAuthenticatedException("The write key is nobody's.", new ErrorDetail { Code = StatusCode.Unauthenticated }, null),
                var other => throw Fault($"The server's HTTP door answered {(int)other}."),
            };
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, wait);
        }
    }

    private static Answer AnswerOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(body, _options) ?? throw NoAnswer();
        }
        catch (JsonException)
        {
            throw NoAnswer();
        }
    }

    private static CustomerContextException NoAnswer() => Fault("What answered is no door for the Segment specification; look at --http.");

    private static CustomerContextException Fault(string what) => new(what, new ErrorDetail { Code = StatusCode.InvalidArgument }, null);

    [GeneratedRegex(@"^batch\[(?<place>[0-9]{1,3})\]\.?(?<field>.*)$")]
    private static partial Regex Refusal();

    /// <param name="Refused">Field and rule of each message that is malformed.</param>
    private sealed record Answer([property: JsonPropertyName("refused")] IReadOnlyList<RefusedMessage> Refused);

    private sealed record RefusedMessage([property: JsonPropertyName("field")] string Field, [property: JsonPropertyName("rule")] string Rule);
}
