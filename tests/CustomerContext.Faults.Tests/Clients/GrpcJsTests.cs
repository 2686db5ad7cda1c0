using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Clients;

/// <summary>@grpc/grpc-js against the silo; each scenario is a script in tests/clients. Needs <c>npm --prefix tests/clients install</c>.</summary>
public sealed class GrpcJsTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    [Theory]
    [InlineData("unary")]
    [InlineData("server-stream")]
    [InlineData("bidirectional")]
    [InlineData("deadline")]
    [InlineData("cancel")]
    [InlineData("gzip")]
    [InlineData("binary-metadata")]
    [InlineData("error-details")]
    public Task Scenario_AgainstTheSilo_Passes(string scenario) => Tool.Run(
        "node",
        [$"tests/clients/scenarios/{scenario}.mjs"],
        ("CC_ADDRESS", running.Silo.Grpc.Authority),
        ("CC_AGENT", running.Silo.Tokens.Sign(DevTokens.Actor("acme"))),
        ("CC_CUSTOMER", running.Silo.Tokens.Sign(DevTokens.Customer(RunningSilo.Email))),
        ("CC_EMAIL", RunningSilo.Email));
}
