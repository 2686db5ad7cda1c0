using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>AI readers list work at /mcp: that of customers who ticked the box for them, and nobody's name.</summary>
public sealed class McpWorkTests(RunningSilo running) : IClassFixture<RunningSilo>, IDisposable
{
    private const string Both = "context.read attention.work";

    private readonly HttpClient _http = new() { BaseAddress = running.Silo.Http };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task ListWork_OneTickedTheBox_ShowsTheirsUntilItIsTakenBack()
    {
        const string Ticked = "ai-work@example.org";
        var grant = await Ask(Ticked, new AiReaders());
        await Ask("no-ai-work@example.org", null);
        var all = (await ListByPerson()).Works;
        Assert.Equal(2, all.Count);

        var (data, text) = await List("");
        var shown = Assert.Single(data.Works);
        Assert.Contains(shown, all);
        Assert.DoesNotContain("example.org", text, StringComparison.Ordinal);

        await running.Client.Consents.UpdateGrantAsync(
            new UpdateGrantRequest { RequestId = Requests.NewId(), GrantId = grant, Terms = new GrantTerms(), UpdateMask = new FieldMask { Paths = { "ai_readers" } } }, running.Client.AsCustomer(Ticked));
        Assert.Empty((await List("")).Data.Works);
        Assert.Equal(2, (await ListByPerson()).Works.Count);
    }

    [Fact]
    public async Task ListWork_PagesKindsAndQueue_AsTheContractSays()
    {
        string[] people = ["page-1@example.org", "page-2@example.org"];
        foreach (var person in people)
        {
            await Ask(person, new AiReaders());
        }

        var whole = (await List("")).Data.Works;
        var first = (await List(",\"page_size\":1")).Data;
        var second = (await List($",\"page_size\":1,\"page_token\":\"{first.NextPageToken}\"")).Data;
        Assert.Equal(whole.Take(2), first.Works.Concat(second.Works));
        Assert.Empty((await List(",\"kinds\":[\"ATTENTION_KIND_IDEA\"]")).Data.Works);
        Assert.Empty((await List(",\"queue\":\"WORK_QUEUE_ESCALATED\"")).Data.Works);
    }

    [Theory]
    [InlineData(",\"page_size\":-1", "page_size")]
    [InlineData(",\"page_token\":\"x\"", "page_token")]
    [InlineData(",\"queue\":\"LAST\"", "queue")]
    [InlineData(",\"subject\":{\"email\":\"known@example.org\"}", "arguments")]
    public async Task ListWork_BadArgument_NamesIt(string more, string field)
    {
        var refused = await Call(Both, more);

        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.Contains(field, Text(refused), StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", Text(refused), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("context.read", "")]
    [InlineData(Both, ",\"purpose\":\"marketing.offer\"")]
    public async Task ListWork_WithoutTheScopeOrForAPurposeThatIsNotEnabled_Refused(string scope, string more)
    {
        var refused = await Call(scope, more);

        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.Contains(more.Length == 0 ? "CALLER_NOT_ALLOWED" : "purpose", Text(refused), StringComparison.Ordinal);
    }

    /// <summary>The list by gRPC is not bounded by the box, so it stays closed to AI readers.</summary>
    [Fact]
    public async Task ListWork_ByGrpc_RefusedToAiReaders()
    {
        using var channel = GrpcChannel.ForAddress(running.Silo.Grpc);
        var work = new AttentionService.AttentionServiceClient(channel);

        await Refusals.Refused(
            StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => work.ListWorkAsync(new ListWorkRequest { Purpose = Requests.Purpose }, SiloClient.With(Ai(Both))).ResponseAsync);
    }

    /// <summary>Somebody who grants acme ATTENTION, with the box or without, and waits for an answer.</summary>
    private async Task<string> Ask(string person, AiReaders? box)
    {
        await running.Client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), running.Client.AsCustomer(person));
        var grant = Requests.Grant();
        grant.Terms.Facets.Add(Facet.Attention);
        grant.Terms.AiReaders = box;
        var id = (await running.Client.Consents.CreateGrantAsync(grant, running.Client.AsCustomer(person))).Grant.GrantId;
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(person, "asks", 1)), running.Client.AsProgram());
        return id;
    }

    private string Ai(string scope) => running.Silo.Tokens.Sign(
        new Dictionary<string, object>(DevTokens.Actor("acme", "assistant", isPerson: false, scope)) { ["client_id"] = "acme-assistant" });

    private async Task<ListWorkResponse> ListByPerson()
    {
        using var channel = GrpcChannel.ForAddress(running.Silo.Grpc);
        var token = running.Silo.Tokens.Sign(DevTokens.Actor("acme", "ada", scope: "attention.work"));
        return await new AttentionService.AttentionServiceClient(channel).ListWorkAsync(new ListWorkRequest { Purpose = Requests.Purpose }, SiloClient.With(token));
    }

    private async Task<(ListWorkResponse Data, string Text)> List(string more)
    {
        var answer = await Call(Both, more);
        Assert.False(answer.TryGetProperty("isError", out var error) && error.GetBoolean(), Text(answer));
        return (JsonParser.Default.Parse<ListWorkResponse>(answer.GetProperty("structuredContent").GetProperty("data").GetRawText()), Text(answer));
    }

    private static string Text(JsonElement answer) => answer.GetProperty("content")[0].GetProperty("text").GetString()!;

    private async Task<JsonElement> Call(string scope, string more)
    {
        var purpose = more.Contains("purpose", StringComparison.Ordinal) ? more.TrimStart(',') : $"\"purpose\":\"{Requests.Purpose}\"{more}";
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_work\",\"arguments\":{" + purpose + "}}}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Ai(scope));
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        using var message = JsonDocument.Parse(text.Split('\n').First(line => line.StartsWith("data:", StringComparison.Ordinal))["data:".Length..]);
        return message.RootElement.GetProperty("result").Clone();
    }
}
