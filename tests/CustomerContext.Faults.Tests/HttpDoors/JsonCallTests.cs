using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using CustomerContext.Faults.Tests.Access;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;
using AnnotationsExtensions = Google.Api.AnnotationsExtensions;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>Methods of the contract by JSON over HTTP: what they answer and refuse is what gRPC does.</summary>
public sealed class JsonCallTests(RunningSilo running) : IClassFixture<RunningSilo>, IDisposable
{
    private const string Json = "application/json";
    private const string Look = "/v1/contexts:get";
    private const string Stranger = "stranger@example.org";

    private readonly HttpSender _http = new(running.Silo);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Signal_ThroughEachDoor_SameContext()
    {
        string[] people = ["by-grpc@example.org", "by-json@example.org", "by-event@example.org"];
        foreach (var person in people)
        {
            await running.Client.MakeCustomer(person, "acme");
        }

        foreach (var (turn, score) in new[] { 0.25, -0.75, 0.0 }.Index())
        {
            Signal Of(int person) => Requests.Turn(people[person], $"door {person}", turn, score);
            await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Of(0)), running.Client.AsProgram());
            var (status, answer) = await Call("/v1/signals:publish", Requests.Publish(Of(1)));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(SignalOutcome.Accepted, Assert.Single(HttpSender.Results(answer).Results).Outcome);
            Assert.Equal(HttpStatusCode.OK, (await _http.Send(HttpSender.Events, HttpSender.Structured, HttpSender.EventOf(Of(2)), _http.TokenOf("acme"))).Status);
        }

        var seen = new List<string>();
        for (var person = 0; person < people.Length; person++)
        {
            seen.Add(Plain(await running.Client.Contexts.GetContextAsync(Requests.Lookup(people[person]), running.Client.AsAgent())).Replace($"door {person}", "door", StringComparison.Ordinal));
        }

        Assert.Contains("\"score\"", seen[0], StringComparison.Ordinal);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2]);
    }

    [Fact]
    public async Task Look_ByJson_SameAsByGrpc()
    {
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(RunningSilo.Email, "look", 1, score: 0)), running.Client.AsProgram());

        var (status, answer) = await Call(Look, Requests.Lookup(RunningSilo.Email));
        var byGrpc = await running.Client.Contexts.GetContextAsync(Requests.Lookup(RunningSilo.Email), running.Client.AsAgent());

        Assert.Equal(HttpStatusCode.OK, status);
        var byJson = JsonParser.Default.Parse<GetContextResponse>(answer.GetRawText());
        Assert.NotEqual(byGrpc.DisclosureId, byJson.DisclosureId);
        Assert.Equal(Plain(byGrpc), Plain(byJson));
    }

    [Fact]
    public async Task Batch_ByJson_EachWithItsOwnResult()
    {
        var request = new BatchGetContextsRequest { Subjects = { new[] { RunningSilo.Email, Stranger }.Select(email => new SubjectIdentifier { Email = email }) }, Purpose = Requests.Purpose, InteractionId = "call-1" };

        var (status, answer) = await Call("/v1/contexts:batchGet", request);

        Assert.Equal(HttpStatusCode.OK, status);
        var results = JsonParser.Default.Parse<BatchGetContextsResponse>(answer.GetRawText()).Results;
        Assert.NotNull(results[0].Answer);
        Assert.Equal(ErrorReason.ConsentRequired, results[1].Status.Reason);
    }

    /// <summary>Whoever is refused learns what gRPC tells, and no sooner.</summary>
    [Fact]
    public async Task Look_WithoutAGrant_AllAlikeAndAsByGrpc()
    {
        await running.Client.MakeCustomer("ungranted@example.org");
        var byGrpc = (await Assert.ThrowsAsync<RpcException>(() => running.Client.Contexts.GetContextAsync(Requests.Lookup(Stranger), running.Client.AsAgent()).ResponseAsync)).GetRpcStatus()!;
        var answers = new HashSet<string>();
        foreach (var person in new[] { Stranger, "ungranted@example.org" })
        {
            var begun = Stopwatch.GetTimestamp();
            var (status, answer) = await Call(Look, Requests.Lookup(person));

            Assert.True(Stopwatch.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(25));
            Assert.Equal(HttpStatusCode.Forbidden, status);
            answers.Add(answer.GetRawText());
        }

        using var error = JsonDocument.Parse(Assert.Single(answers));
        Assert.Equal(byGrpc.Code, error.RootElement.GetProperty("code").GetInt32());
        Assert.Equal(byGrpc.Message, error.RootElement.GetProperty("message").GetString());
        var detail = Assert.Single(error.RootElement.GetProperty("details").EnumerateArray());
        Assert.Equal("type.googleapis.com/google.rpc.ErrorInfo", detail.GetProperty("@type").GetString());
        Assert.Equal("CONSENT_REQUIRED", detail.GetProperty("reason").GetString());
        Assert.Equal("customercontext", detail.GetProperty("domain").GetString());
    }

    [Theory]
    [InlineData("purpose", """{"subject":{"email":"known@example.org"},"purpose":""}""")]
    [InlineData("subject", """{"purpose":"service.support","interactionId":"call-1"}""")]
    [InlineData("body", """{"subject":{"email":"known@example.org"},"purpose":"service.support","interactionId":"call-1","facet":["SENTIMENT"]}""")]
    [InlineData("body.facets", """{"subject":{"email":"known@example.org"},"purpose":"service.support","interactionId":"call-1","facets":["MOOD"]}""")]
    [InlineData("body.subject", """{"subject":{"mail":"known@example.org"},"purpose":"service.support","interactionId":"call-1"}""")]
    [InlineData("body.subject", """{"subject":[],"purpose":"service.support"}""")]
    [InlineData("body", "[]")]
    [InlineData("body", "")]
    [InlineData("body", "{")]
    [InlineData("body", "{\"purpose\":\"a\",\"purpose\":\"b\"}")]
    [InlineData("body", "{\"purpose\":\"\\ud800\"}")]
    [InlineData("body", "null")]
    public async Task Body_OneThingWrong_RefusedWithTheFieldsNameAlone(string field, string body)
    {
        var (status, answer) = await _http.Send(Look, Json, body, Agent());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((int)StatusCode.InvalidArgument, answer.GetProperty("code").GetInt32());
        var detail = answer.GetProperty("details").EnumerateArray().Single(one => one.GetProperty("@type").GetString() == "type.googleapis.com/google.rpc.BadRequest");
        Assert.Equal(field, Assert.Single(detail.GetProperty("fieldViolations").EnumerateArray()).GetProperty("field").GetString());
        Assert.DoesNotContain("known@", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Look, Domain.Limits.Doors.SmallMessageBytes)]
    [InlineData("/v1/signals:publish", Domain.Limits.Requests.MessageBytes)]
    public async Task Body_AtTheLimitAndOnePast_ReadAndRefused(string path, int bytes)
    {
        async Task<HttpStatusCode> StatusOf(int size) =>
            (await _http.Send(path, Json, new ByteArrayContent(Encoding.UTF8.GetBytes("{}" + new string(' ', size - 2))), Agent())).Status;

        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf(bytes));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOf(bytes + 1));
    }

    [Fact]
    public async Task Call_WithoutAGoodTokenOrType_RefusedUnread()
    {
        var look = JsonFormatter.Default.Format(Requests.Lookup(RunningSilo.Email));
        var noScope = $"Bearer {running.Silo.Tokens.Sign(DevTokens.Actor("acme", scope: "signal.write"))}";

        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.Send(Look, Json, look, null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.Send(Look, Json, "{", "Bearer x")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.Send(Look, Json, "{", noScope)).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _http.Send(Look, "text/plain", look, Agent())).Status);
    }

    [Fact]
    public async Task Calls_BeyondTheRate_RefusedWithADelay()
    {
        await using var served = await ServedSilo.Start("""
            "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Person": { "Looks": 1, "Signals": 1 } } ]
            """);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {served.Silo.Tokens.Sign(DevTokens.Actor("acme"))}");
        HttpResponseMessage answer;
        do
        {
            answer = await http.PostAsync(new Uri(served.Silo.Http, Look), new StringContent("{}", Encoding.UTF8, Json));
        }
        while (answer.StatusCode == HttpStatusCode.BadRequest);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        Assert.Contains("RATE_LIMITED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catalogue_ByGet_NeedsNoToken()
    {
        using var http = new HttpClient { BaseAddress = running.Silo.Http };

        var catalogue = JsonParser.Default.Parse<GetCatalogResponse>(await http.GetStringAsync(new Uri("/v1/catalog?language=de", UriKind.Relative)));
        using var noLogo = await http.GetAsync(new Uri("/v1/companies/nobody/logo", UriKind.Relative));

        Assert.Equal(await running.Client.Catalogue.GetCatalogAsync(new GetCatalogRequest { Language = "de" }), catalogue);
        Assert.Equal(HttpStatusCode.NotFound, noLogo.StatusCode);
    }

    /// <summary>Consent and identifiers are not changed by JSON: pages of others could make a browser send it.</summary>
    [Fact]
    public void Methods_ByJson_AreThoseOfLooksSignalsAndTheCatalogue()
    {
        var byJson = new[] { ContextService.Descriptor, SignalService.Descriptor, CatalogService.Descriptor, ConsentService.Descriptor, IdentityService.Descriptor, TribeService.Descriptor, AttentionService.Descriptor }
            .SelectMany(service => service.Methods)
            .Where(method => method.GetOptions()?.HasExtension(AnnotationsExtensions.Http) == true)
            .Select(method => method.Name);

        Assert.Equal(
            ["GetContext", "BatchGetContexts", "GetHistory", "BeginInteraction", "ContinueInteraction", "EndInteraction", "PublishSignals", "GetCatalog", "GetLogo"], byJson);
    }

    private string Agent() => $"Bearer {running.Silo.Tokens.Sign(DevTokens.Actor("acme"))}";

    private Task<(HttpStatusCode Status, JsonElement Answer)> Call(string path, IMessage request) => _http.Send(path, Json, JsonFormatter.Default.Format(request), Agent());

    /// <summary>An answer without what differs from look to look, and from person to person.</summary>
    private static string Plain(GetContextResponse answer)
    {
        var plain = answer.Clone();
        (plain.CustomerId, plain.DisclosureId, plain.AsOfTime, plain.KeepUntilTime, plain.GoodUntilTime) = ("", "", null, null, null);
        plain.GrantIds.Clear();
        foreach (var field in Context.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.Accessor.GetValue(plain.Context) is IMessage facet)
            {
                facet.Descriptor.FindFieldByName("as_of_time").Accessor.Clear(facet);
            }
        }

        return plain.ToString();
    }
}
