using System.Globalization;
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

    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(10);

    private long _looks;
    private OidcProvider _provider = null!;
    private ServedSilo _served = null!;

    private static string Settings(params string[] issuers) => $$"""
        "Tenants": [
          { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support", "sales.advice" ],
            "Clients": [ { "Id": "acme-desktop", "Purposes": [ "service.support" ] }, { "Id": "acme-crm", "Purposes": [ "sales.advice" ] } ] },
          { "Id": "globex", "Sources": [ "crm" ], "Purposes": [ "service.support" ] } ],
        "Issuers": [ {{string.Join(", ", issuers.Select(issuer => $$"""{ "Issuer": "{{issuer}}", "Tenants": [ "acme", "globex" ], "Customers": true }"""))}} ]
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

    /// <summary>Callers are known by one look-up of their header; a token costs one check of its signature, however often it comes, and is forgotten when it may have become bad.</summary>
    [Fact]
    public async Task Token_ThatWasGood_NotVerifiedAgainUntilItsIssuerIsTakenAway()
    {
        await _served.Client.MakeCustomer(Email, "acme");
        var token = await _provider.SignIn("acme-desktop", "agent-7", "context.read");
        var before = await Verified();
        for (var call = 0; call < 5; call++)
        {
            await Look(token);
        }

        Assert.Equal((before.Good + 1, before.Bad), await Verified());

        // The same but for one character, at the end, at the beginning and in the middle, is another token.
        foreach (var at in (int[])[token.Length - 2, 1, token.LastIndexOf('.') + 3, token.IndexOf('.', StringComparison.Ordinal) + 5])
        {
            var changed = string.Concat(token.AsSpan(0, at), token[at] == 'A' ? "B" : "A", token.AsSpan(at + 1));
            await Refusals.Refused(StatusCode.Unauthenticated, ErrorReason.TokenInvalid, () => Look(changed));
        }

        var changes = await Verified();
        Assert.Equal(before.Good + 1, changes.Good);
        Assert.True(changes.Bad >= before.Bad + 2);
        await Look(token);
        Assert.Equal(changes, await Verified());

        _served.Serve(Settings("https://another.example.org"));
        await _served.Silo.Writes("2 tenants, 1 issuers");
        await Refusals.Refused(StatusCode.Unauthenticated, ErrorReason.TokenInvalid, () => Look(token));
        _served.Serve(Settings(_provider.Issuer, "https://another.example.org"));
        await _served.Silo.Writes("2 tenants, 2 issuers");
        await Look(token);
        Assert.Equal((before.Good + 2, changes.Bad), await Verified());
    }

    private Task<GetContextResponse> Look(string token)
    {
        _looks++;
        return _served.Client.Contexts.GetContextAsync(Requests.Lookup(Email), SiloClient.With(token)).ResponseAsync;
    }

    /// <summary>How many signatures the silo has checked, as <c>/metrics</c> counts them once it has counted all looks; what it shows is some hundred milliseconds old.</summary>
    private async Task<(long Good, long Bad)> Verified()
    {
        using var http = new HttpClient();
        using var tooLong = new CancellationTokenSource(_soon);
        string[] lines;
        do
        {
            lines = (await http.GetStringAsync(new Uri(_served.Silo.Http, "/metrics"), tooLong.Token)).Split('\n');
        }
        while (Of("customercontext_calls_total", "GetContext\"") != _looks);

        return (Of("customercontext_tokens_verified_total", "good=\"true\""), Of("customercontext_tokens_verified_total", "good=\"false\""));

        long Of(string name, string label) => lines
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => long.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 2)..].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    private static async Task NotAllowed<T>(Func<AsyncUnaryCall<T>> call) =>
        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => call().ResponseAsync);
}
