using System.Net;
using System.Text;
using System.Text.Json;
using CustomerContext.Faults.Tests.Clients;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>The Segment specification at <c>/v1</c>.</summary>
public sealed class SegmentTests(RunningSilo running) : IClassFixture<RunningSilo>, IDisposable
{
    private const string Public = "demo-acme-web";
    private const string Secret = "demo-acme-crm-secret-key";
    private const string Json = "application/json";

    private readonly HttpSender _http = new(running.Silo);

    public static TheoryData<string> Kinds => ["identify", "track", "page", "screen", "group", "alias", "batch"];

    public void Dispose() => _http.Dispose();

    /// <summary>The npm package, unmodified, with each kind of key; what it sent is looked up by gRPC. Needs <c>npm --prefix tests/clients install</c>.</summary>
    [Fact]
    public Task Messages_OfTheSegmentPackage_TakenAsTheirKeyMay() => Tool.Run(
        "node",
        ["tests/clients/doors/segment.mjs"],
        ("CC_HTTP", running.Silo.Http.ToString()),
        ("CC_ADDRESS", running.Silo.Grpc.Authority),
        ("CC_AGENT", running.Silo.Tokens.Sign(DevTokens.Actor("acme"))),
        ("CC_CUSTOMER", running.Silo.Tokens.Sign(DevTokens.Customer(RunningSilo.Email))),
        ("CC_EMAIL", RunningSilo.Email));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Call_WithoutAKeyThatIsSomebodys_Refused(string kind)
    {
        foreach (var authorization in (string?[])[null, Basic(""), Basic("nobodys-key"), Basic("globex"), "Basic ???", $"Bearer {Public}", _http.TokenOf("acme")])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await _http.Send($"/v1/{kind}", Json, "{}", authorization)).Status);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Body_OfAnyShape_AnsweredAsClientsExpect(string kind)
    {
        foreach (var body in (string[])["[]", "5", "null", "\"text\"", "{\"batch\":5}", "{\"batch\":[5,null,[],{\"type\":5}]}", "{\"userId\":{},\"traits\":[],\"properties\":5}"])
        {
            var (status, answer) = await _http.Send($"/v1/{kind}", Json, body, Basic(Public));
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{status} to {body}: {answer}");
            Assert.Equal(status == HttpStatusCode.OK, answer.TryGetProperty("success", out _));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await _http.Send($"/v1/{kind}", Json, "{", Basic(Public))).Status);
    }

    [Fact]
    public async Task Body_AtTheLimitAndOnePast_TakenAndRefused()
    {
        var bytes = Domain.Limits.Doors.SegmentBytes;
        const string Empty = "{\"batch\":[]}";
        Assert.Equal(HttpStatusCode.OK, (await _http.Send("/v1/batch", Json, Empty.PadRight(bytes), Basic(Public))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _http.Send("/v1/batch", Json, Empty.PadRight(bytes + 1), Basic(Public))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _http.Send("/v1/batch", Json, Batch(500), Basic(Public))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.Send("/v1/batch", Json, Batch(501), Basic(Public))).Status);

        var message = "{\"userId\":\"u\",\"messageId\":\"m\",\"name\":\"n\",\"more\":\"\"}";
        var room = Domain.Limits.Doors.SegmentMessageBytes - message.Length;
        Assert.Empty(Refused((await _http.Send("/v1/page", Json, message.Replace("\"\"", $"\"{new string('a', room)}\"", StringComparison.Ordinal), Basic(Public))).Answer));
        Assert.NotEmpty(Refused((await _http.Send("/v1/page", Json, message.Replace("\"\"", $"\"{new string('a', room + 1)}\"", StringComparison.Ordinal), Basic(Public))).Answer));

        static string Batch(int count) => $"{{\"batch\":[{string.Join(',', Enumerable.Repeat("{}", count))}]}}";
    }

    [Theory]
    [InlineData("messageId", "{\"userId\":\"u\",\"name\":\"n\"}")]
    [InlineData("timestamp", "{\"userId\":\"u\",\"messageId\":\"m\",\"name\":\"n\",\"timestamp\":\"yesterday\"}")]
    [InlineData("properties.url", "{\"userId\":\"u\",\"messageId\":\"m\"}")]
    public async Task Page_OneThingWrong_RefusedWithItsName(string field, string message)
    {
        var (status, answer) = await _http.Send("/v1/page", Json, message, Basic(Public));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(field, Assert.Single(Refused(answer)).GetProperty("field").GetString());
    }

    [Fact]
    public async Task Page_AboutACustomerAndAboutNobody_SameAnswer()
    {
        const string Page = "{\"userId\":\"WHO\",\"messageId\":\"silence\",\"name\":\"n\"}";
        var known = await _http.Send("/v1/page", Json, Page.Replace("WHO", RunningSilo.Email, StringComparison.Ordinal), Basic(Public));
        var nobody = await _http.Send("/v1/page", Json, Page.Replace("WHO", "nobody@example.org", StringComparison.Ordinal), Basic(Public));

        Assert.Equal(known.Status, nobody.Status);
        Assert.Equal(known.Answer.GetRawText(), nobody.Answer.GetRawText());
    }

    /// <summary>Everybody can read a public key in a browser: it sets no trait and opens no conversation.</summary>
    [Fact]
    public async Task PublicKey_TraitsAndChats_WithoutEffect()
    {
        const string Person = "traits@example.org";
        await running.Client.MakeCustomer(Person, "acme");
        var identify = $"{{\"userId\":\"{Person}\",\"messageId\":\"i\",\"traits\":{{\"support_tier\":\"gold\",\"name\":\"Ada\"}}}}";
        var chat = $"{{\"userId\":\"{Person}\",\"messageId\":\"c\",\"event\":\"Live Chat Conversation Started\",\"properties\":{{\"conversation_id\":\"c-1\",\"message_body\":\"Where is it?\"}}}}";

        await _http.Send("/v1/identify", Json, identify, Basic(Public));
        await _http.Send("/v1/track", Json, chat, Basic(Public));
        var own = (await running.Client.Contexts.GetContextAsync(new GetContextRequest(), running.Client.AsCustomer(Person))).Context;
        Assert.DoesNotContain("gold", own.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c-1", own.ToString(), StringComparison.Ordinal);

        await _http.Send("/v1/identify", Json, identify, Basic(Secret));
        await _http.Send("/v1/track", Json, chat, Basic(Secret));
        own = (await running.Client.Contexts.GetContextAsync(new GetContextRequest(), running.Client.AsCustomer(Person))).Context;
        Assert.Contains("gold", own.ToString(), StringComparison.Ordinal);
        Assert.Contains("c-1", own.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", own.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Where is it", own.ToString(), StringComparison.Ordinal);
    }

    private static string Basic(string key) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:"));

    private static JsonElement[] Refused(JsonElement answer) => [.. answer.GetProperty("refused").EnumerateArray()];
}
