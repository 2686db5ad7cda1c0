using System.Net;
using System.Text;
using CustomerContext.Faults.Tests.Clients;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>CloudEvents at <c>POST /events</c>.</summary>
public sealed class EventTests(RunningSilo running) : IClassFixture<RunningSilo>, IDisposable
{
    private readonly HttpSender _http = new(running.Silo);

    /// <summary>All but those that the JSON form cannot hold.</summary>
    public static TheoryData<string> Rules => [.. SignalCases.All.Select(one => one.Name).Except(["time out of range", "promise with a time that is none"])];

    public void Dispose() => _http.Dispose();

    /// <summary>The npm package, unmodified, in each of its modes; what it sent is looked up by gRPC. Needs <c>npm --prefix tests/clients install</c>.</summary>
    [Fact]
    public Task Events_OfTheCloudEventsPackage_TakenInEveryMode() => Tool.Run(
        "node",
        ["tests/clients/doors/cloudevents.mjs"],
        ("CC_HTTP", running.Silo.Http.ToString()),
        ("CC_ADDRESS", running.Silo.Grpc.Authority),
        ("CC_AGENT", running.Silo.Tokens.Sign(DevTokens.Actor("acme"))),
        ("CC_EMAIL", RunningSilo.Email));

    /// <summary>The rules are those of gRPC, and the answer names what the sender sent.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Event_AtTheLimitAndOnePast_TakenAndRefused(string name)
    {
        var rule = SignalCases.All.Single(one => one.Name == name);
        var atTheLimit = Requests.Turn(RunningSilo.Email, $"event {name}", 1);
        rule.AtTheLimit?.Invoke(atTheLimit);
        var onePast = Requests.Turn(RunningSilo.Email, $"event {name}", 2);
        rule.OnePast(onePast);

        var (status, answer) = await _http.Send(
            HttpSender.Events, HttpSender.Batch, $"[{HttpSender.EventOf(atTheLimit)}, {HttpSender.EventOf(onePast)}]", _http.TokenOf("acme"));

        var results = HttpSender.Results(answer).Results;
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(SignalOutcome.Accepted, results[0].Outcome);
        Assert.Equal(SignalOutcome.Refused, results[1].Outcome);
        Assert.Equal(ErrorReason.InvalidArgument, results[1].Status.Reason);
        Assert.StartsWith("events[1].", results[1].Status.Field, StringComparison.Ordinal);
        Assert.Contains(Expected(rule.Field), results[1].Status.Field, StringComparison.Ordinal);
        Assert.NotEmpty(results[1].Status.Rule);
        Refusals.TellsNoInternals(results[1].Status.Rule);
    }

    [Theory]
    [InlineData("specversion", "\"1.0\"", "\"0.3\"")]
    [InlineData("type", "\"org.customercontext.conversation.v1\"", "\"com.example.other\"")]
    [InlineData("source", "\"acme/crm\"", "\"globex/helpdesk\"")]
    [InlineData("source", "\"acme/crm\"", "\"acme/\"")]
    [InlineData("source", "\"acme/crm\"", "\"acme/unknown\"")]
    [InlineData("source", "\"acme/crm\"", "5")]
    [InlineData("subject", "\"mailto:known@example.org\"", "\"mailto:nobody\"")]
    [InlineData("subject", "\"mailto:known@example.org\"", "{}")]
    [InlineData("data", "\"score\":0.5", "\"scor\":0.5")]
    [InlineData("data.score", "\"score\":0.5", "\"score\":\"good\"")]
    [InlineData("data.score", "\"score\":0.5", "\"score\":[[[[]]]]")]
    [InlineData("data.role", "\"PARTICIPANT_ROLE_CUSTOMER\"", "\"MOTHER\"")]
    [InlineData("data", "\"score\":0.5", "\"score\":0.5,\"text\":\"both\"")]
    [InlineData("data_base64", "\"anextension\":5", "\"data_base64\":\"AAAA\"")]
    [InlineData("datacontenttype", "\"anextension\":5", "\"datacontenttype\":\"text/xml\"")]
    public async Task Event_OneThingWrong_RefusedWithItsNameAlone(string field, string good, string bad)
    {
        var sound = HttpSender.EventOf(Requests.Turn(RunningSilo.Email, $"wrong {bad}", 1));
        Assert.Contains(good, sound, StringComparison.Ordinal);

        var (status, answer) = await _http.Send(HttpSender.Events, HttpSender.Structured, sound.Replace(good, bad, StringComparison.Ordinal), _http.TokenOf("acme"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, Assert.Single(HttpSender.Results(answer).Results).Status.Field);
        Assert.DoesNotContain("known@", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"id\":\"1\",\"id\":\"2\"}")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{/**/}")]
    [InlineData("NaN")]
    public async Task Body_ThatIsNoJson_RefusedAsAWhole(string body)
    {
        var (status, answer) = await _http.Send(HttpSender.Events, HttpSender.Structured, body, _http.TokenOf("acme"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("body must be JSON", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_NoUtf8OrTooDeepOrTooLarge_RefusedAsAWhole()
    {
        var depth = Domain.Limits.Doors.JsonDepth;
        var bytes = Domain.Limits.Requests.MessageBytes;

        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf([.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8]));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf(Encoding.UTF8.GetBytes(new string('[', depth + 1) + new string(']', depth + 1))));
        Assert.Contains("events", (await Sent(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)))).Answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf(Encoding.UTF8.GetBytes(new string(' ', bytes))));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOf(Encoding.UTF8.GetBytes(new string(' ', bytes + 1))));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task Batch_OfSoManyEvents_TakenOrRefusedAsAWhole(int count, bool isTaken)
    {
        var events = Enumerable.Range(0, count).Select(turn => HttpSender.EventOf(Requests.Turn("many@example.org", $"batch of {count}", turn)));

        var (status, answer) = await _http.Send(HttpSender.Events, HttpSender.Batch, $"[{string.Join(',', events)}]", _http.TokenOf("acme"));

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, status);
        Assert.Equal(isTaken ? count : 0, answer.TryGetProperty("results", out var results) ? results.GetArrayLength() : 0);
    }

    [Fact]
    public async Task Event_SentTwice_DuplicateAndCountedOnce()
    {
        var one = HttpSender.EventOf(Requests.Turn(RunningSilo.Email, "twice", 1));

        var (_, first) = await _http.Send(HttpSender.Events, HttpSender.Structured, one, _http.TokenOf("acme"));
        var (status, second) = await _http.Send(HttpSender.Events, HttpSender.Structured, one, _http.TokenOf("acme"));

        Assert.Equal(SignalOutcome.Accepted, HttpSender.Results(first).Results[0].Outcome);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(SignalOutcome.Duplicate, HttpSender.Results(second).Results[0].Outcome);
    }

    [Fact]
    public async Task Event_AboutACustomerAndAboutNobody_SameAnswer()
    {
        var (status, known) = await _http.Send(HttpSender.Events, HttpSender.Structured, HttpSender.EventOf(Requests.Turn(RunningSilo.Email, "silence", 1)), _http.TokenOf("acme"));
        var (other, nobody) = await _http.Send(HttpSender.Events, HttpSender.Structured, HttpSender.EventOf(Requests.Turn("nobody@example.org", "silence", 2)), _http.TokenOf("acme"));

        Assert.Equal(status, other);
        Assert.Equal(known.GetRawText(), nobody.GetRawText().Replace("silence-2", "silence-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_WithoutAGoodTokenOrMode_RefusedUnread()
    {
        var one = HttpSender.EventOf(Requests.Turn(RunningSilo.Email, "nobody's", 1));
        var noScope = $"Bearer {running.Silo.Tokens.Sign(DevTokens.Actor("acme", scope: "context.read"))}";

        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.Send(HttpSender.Events, HttpSender.Structured, one, null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.Send(HttpSender.Events, HttpSender.Structured, one, "Bearer x")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.Send(HttpSender.Events, HttpSender.Structured, one, noScope)).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _http.Send(HttpSender.Events, "application/json", one, _http.TokenOf("acme"))).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _http.Send(HttpSender.Events, "text/plain", one, _http.TokenOf("acme"), ("ce-specversion", "1.0"))).Status);
    }

    [Fact]
    public async Task Event_OfACustomersOwn_TakenWithoutASubject()
    {
        var own = HttpSender.EventOf(Requests.Turn(RunningSilo.Email, "own", 1)).Replace("\"acme/crm\"", "\"customer\"", StringComparison.Ordinal);
        var token = $"Bearer {running.Silo.Tokens.Sign(DevTokens.Customer(RunningSilo.Email))}";

        var (status, answer) = await _http.Send(HttpSender.Events, HttpSender.Structured, own, token);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("subject", HttpSender.Results(answer).Results[0].Status.Field);

        (status, _) = await _http.Send(HttpSender.Events, HttpSender.Structured, own.Replace("mailto:known@example.org", "", StringComparison.Ordinal), token);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private async Task<HttpStatusCode> StatusOf(byte[] body) => (await Sent(body)).Status;

    private Task<(HttpStatusCode Status, System.Text.Json.JsonElement Answer)> Sent(byte[] body) =>
        _http.Send(HttpSender.Events, HttpSender.Batch, new ByteArrayContent(body), _http.TokenOf("acme"));

    /// <summary>What a field of a signal is called in an event; of a nested one that JSON cannot hold at all, its beginning.</summary>
    private static string Expected(string field) => field switch
    {
        "occurred_time" => "time",
        "kind" => "type",
        _ when field.Contains('.', StringComparison.Ordinal) => "data",
        "correction" => "data",
        _ => field,
    };
}
