using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>A whole day with a real OpenID Connect provider (oidc-provider): a customer, an agent and programs, each with a token of theirs.</summary>
public sealed class OidcProviderTests : IAsyncLifetime
{
    private const string Email = "customer1@example.org";
    private const string PageScopes = "consent.manage context.read";

    private OidcProvider _provider = null!;
    private ServedSilo _served = null!;

    private static string Settings(string issuer) => $$"""
        "Tenants": [
          { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support", "sales.advice" ],
            "Clients": [ { "Id": "acme-desktop", "Purposes": [ "service.support" ] }, { "Id": "acme-crm", "Purposes": [ "sales.advice" ] } ] },
          { "Id": "globex", "Sources": [ "crm" ], "Purposes": [ "service.support" ] } ],
        "Issuers": [ { "Issuer": "{{issuer}}", "Tenants": [ "acme", "globex" ], "Customers": true } ]
        """;

    public async Task InitializeAsync()
    {
        _provider = await OidcProvider.Start();
        await _provider.AddAccount("agent-7");
        await _provider.AddAccount("customer-1", new { email = Email, email_verified = true });
        _served = await ServedSilo.Start(Settings(_provider.Issuer));
    }

    public async Task DisposeAsync()
    {
        await _served.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_OfARealProvider_EachDoesItsPartAndNoMore()
    {
        var page = SiloClient.With(await _provider.SignIn("customer-page", "customer-1", PageScopes));
        await _served.Client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), page);
        var grant = Requests.Grant();
        grant.Terms.Purposes.Add("sales.advice");
        await _served.Client.Consents.CreateGrantAsync(grant, page);

        var program = SiloClient.With(await _provider.ClientCredentials("acme-crm", "signal.write context.read"));
        await _served.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email, "oidc", 1)), program);

        var agent = SiloClient.With(await _provider.SignIn("acme-desktop", "agent-7", "context.read"));
        var seen = await _served.Client.Contexts.GetContextAsync(Requests.Lookup(Email), agent);
        Assert.Equal("oidc", Assert.Single(seen.Context.Conversations.Latest).ConversationId);
        var record = (await _served.Client.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 1 }, page)).Disclosures[0];
        Assert.Equal((seen.DisclosureId, ActorRole.Agent, "acme"), (record.DisclosureId, record.ActorRole, record.Tenant));

        // Each program reads for its own purposes only; the agent's may not publish.
        var advice = Requests.Lookup(Email);
        advice.Purpose = "sales.advice";
        await NotAllowed(() => _served.Client.Contexts.GetContextAsync(advice, agent));
        await NotAllowed(() => _served.Client.Contexts.GetContextAsync(Requests.Lookup(Email), program));
        Assert.NotNull((await _served.Client.Contexts.GetContextAsync(advice, program)).Context.TopOfMind);
        await NotAllowed(() => _served.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email, "oidc", 2)), agent));

        // The customer sees themselves; a program that acme does not list is not acme's, whatever its token says.
        Assert.Single((await _served.Client.Contexts.GetContextAsync(new GetContextRequest(), page)).Context.Conversations.Latest);
        await _provider.SetClientClaims("globex-crm", new { tenant = "acme" });
        var stranger = SiloClient.With(await _provider.ClientCredentials("globex-crm", "signal.write context.read"));
        await NotAllowed(() => _served.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email, "oidc", 3)), stranger));
    }

    private static async Task NotAllowed<T>(Func<AsyncUnaryCall<T>> call) =>
        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => call().ResponseAsync);
}
