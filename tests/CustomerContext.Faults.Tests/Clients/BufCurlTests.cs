using System.Text.Json;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Clients;

/// <summary>buf curl, which learns the API from the silo itself by reflection. Needs <c>contracts/check</c> to have installed it.</summary>
public sealed class BufCurlTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private const string Buf = "contracts/node_modules/.bin/buf";

    [Fact]
    public async Task ListMethods_ByReflection_AllServicesThere()
    {
        var methods = await Tool.Run(Path.Combine(Repository.Root, Buf), ["curl", "--http2-prior-knowledge", "--protocol", "grpc", "--list-methods", $"{running.Silo.Grpc}"]);

        foreach (var method in (string[])["ContextService/WatchContext", "SignalService/StreamSignals", "ConsentService/RevokeGrant", "IdentityService/ResolveCustomer"])
        {
            Assert.Contains($"customercontext.v1.{method}", methods, StringComparison.Ordinal);
        }

        Assert.Contains("grpc.health.v1.Health/Check", methods, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetContext_ByReflection_Answers()
    {
        var request = $$$"""{"subject": {"email": "{{{RunningSilo.Email}}}"}, "purpose": "service.support", "interactionId": "call-1"}""";

        var answer = await Curl("customercontext.v1.ContextService/GetContext", request);

        Assert.NotEmpty(answer.RootElement.GetProperty("disclosureId").GetString()!);
    }

    [Fact]
    public async Task HealthCheck_ByReflection_Serving()
    {
        var answer = await Curl("grpc.health.v1.Health/Check", "{}");

        Assert.Equal("SERVING", answer.RootElement.GetProperty("status").GetString());
    }

    private async Task<JsonDocument> Curl(string method, string request) => JsonDocument.Parse(await Tool.Run(
        Path.Combine(Repository.Root, Buf),
        [
            "curl", "--http2-prior-knowledge", "--protocol", "grpc",
            "-H", $"authorization: Bearer {running.Silo.Tokens.Sign(DevTokens.Actor("acme"))}",
            "-d", request, $"{running.Silo.Grpc}{method}",
        ]));
}
