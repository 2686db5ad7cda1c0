using CustomerContext.Faults.Tests.Clients;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>The examples of <c>docs/integrate.md</c> do what they say.</summary>
public sealed partial class ExampleTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>, IDisposable
{
    [Fact]
    public async Task CloudEvents_ByCurl_KnownAfterwards()
    {
        Assert.Contains("SIGNAL_OUTCOME_ACCEPTED", await Run("cloudevents.sh"), StringComparison.Ordinal);
        Assert.Contains((await Own()).Conversations.Latest, one => one.ConversationId == "example-1");
    }

    [Fact]
    public async Task Segment_ByCurl_KnownAfterwards()
    {
        Assert.Contains("\"success\":true", await Run("segment.sh"), StringComparison.Ordinal);
        Assert.Contains((await Own()).TopOfMind.Topics, topic => topic.Name == "camera");
    }

    [Fact]
    public async Task Look_ByCurl_Answered() => Assert.Contains("\"disclosureId\":", await Run("look.sh"), StringComparison.Ordinal);

    [Fact]
    public async Task Mcp_ByTheClientOfNpm_Read()
    {
        var grant = new UpdateGrantRequest
        {
            RequestId = Requests.NewId(),
            GrantId = (await running.Client.Consents.ListGrantsAsync(new ListGrantsRequest(), running.Client.AsCustomer(RunningSilo.Email))).Grants[0].GrantId,
            Terms = new GrantTerms { AiReaders = new AiReaders() },
            UpdateMask = new FieldMask { Paths = { "ai_readers" } },
        };
        await running.Client.Consents.UpdateGrantAsync(grant, running.Client.AsCustomer(RunningSilo.Email));
        var token = running.Silo.Tokens.Sign(new Dictionary<string, object>(DevTokens.Actor("acme", "assistant", isPerson: false)) { ["client_id"] = "acme-assistant" });

        var printed = await Tool.Run(
            "node",
            ["examples/mcp.mjs"],
            ("HTTP", running.Silo.Http.ToString()),
            ("WHO", RunningSilo.Email),
            ("TOKEN", token),
            ("MODULES", Path.Combine(Repository.Root, "tests/clients/package.json")));

        Assert.StartsWith("get_context, list_work\n", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", printed, StringComparison.Ordinal);
    }

    /// <summary>By a validator of npm; a real answer is of the form that the document gives.</summary>
    [Fact]
    public Task OpenApiDocument_OfTheContract_ValidAndTrue() => Tool.Run(
        "node",
        ["tests/clients/doors/openapi.mjs"],
        ("CC_HTTP", running.Silo.Http.ToString()),
        ("CC_AGENT", running.Silo.Tokens.Sign(DevTokens.Actor("acme"))),
        ("CC_EMAIL", RunningSilo.Email));

    private Task<string> Run(string example) => Tool.Run(
        "bash",
        [$"examples/{example}"],
        ("HTTP", running.Silo.Http.ToString()),
        ("WHO", RunningSilo.Email),
        ("TOKEN", running.Silo.Tokens.Sign(DevTokens.Actor("acme", "events", isPerson: false))));

    private async Task<Context> Own(string who = RunningSilo.Email) =>
        (await running.Client.Contexts.GetContextAsync(new GetContextRequest(), running.Client.AsCustomer(who))).Context;
}
