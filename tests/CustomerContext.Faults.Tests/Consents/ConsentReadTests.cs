using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>What the customer's own page reads, each part by one call.</summary>
public sealed class ConsentReadTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private SiloClient Client => running.Client;

    [Fact]
    public async Task GetPreferences_OfNobodyAndOfACustomer_OffAndAsSet()
    {
        const string email = "preferences@example.org";
        Assert.Equal(new Preferences(), (await Client.Consents.GetPreferencesAsync(new(), Client.AsCustomer(email))).Preferences);

        var set = await Client.Consents.SetPreferencesAsync(Requests.Preferences("acme", "customer"), Client.AsCustomer(email));
        var read = await Client.Consents.GetPreferencesAsync(new(), Client.AsCustomer(email));
        Assert.Equal((set.Preferences, set.ConsentVersion), (read.Preferences, read.ConsentVersion));
        Assert.Null(read.PausedSinceTime);

        var paused = await Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, Client.AsCustomer(email));
        Assert.Equal(paused.PausedSinceTime, (await Client.Consents.GetPreferencesAsync(new(), Client.AsCustomer(email))).PausedSinceTime);
    }

    [Fact]
    public async Task ListDisclosures_OfOneKind_LooksAndChangesAreToldApart()
    {
        const string email = "kinds@example.org";
        await Client.MakeCustomer(email, "acme");
        await Client.Contexts.GetContextAsync(Requests.Lookup(email), Client.AsAgent());

        var (all, looks, changes) = (await List(RecordKind.Unspecified), await List(RecordKind.Look), await List(RecordKind.ConsentChange));

        Assert.Equal(DisclosureKind.Lookup, Assert.Single(looks).Kind);
        Assert.All(changes, change => Assert.NotNull(change.ConsentChange));
        Assert.Equal(all, looks.Concat(changes).OrderByDescending(record => record.Sequence));
        await Refusals.Invalid("record_kind", () => List((RecordKind)3));

        async Task<Disclosure[]> List(RecordKind kind) =>
            [.. (await Client.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { RecordKind = kind }, Client.AsCustomer(email))).Disclosures];
    }

    [Fact]
    public async Task GetGrant_OwnAndSomebodyElses_AsItIsAndNotFound()
    {
        const string email = "one.grant@example.org";
        var made = await Client.Consents.CreateGrantAsync(await OfAge(email), Client.AsCustomer(email));
        var read = await Client.Consents.GetGrantAsync(new GetGrantRequest { GrantId = made.Grant.GrantId }, Client.AsCustomer(email));
        Assert.Equal((made.Grant, made.ConsentVersion), (read.Grant, read.ConsentVersion));

        await Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, () => Client.Consents.GetGrantAsync(
            new GetGrantRequest { GrantId = made.Grant.GrantId }, Client.AsCustomer(RunningSilo.Email)).ResponseAsync);
        await Refusals.Invalid("grant_id", () => Client.Consents.GetGrantAsync(new GetGrantRequest(), Client.AsCustomer(email)).ResponseAsync);
    }

    [Fact]
    public async Task ListSources_WhatIsCollected_ByNameWithTheGrantsThatShowIt()
    {
        const string email = "sources@example.org";
        await Client.Consents.SetPreferencesAsync(Requests.Preferences("globex", "acme/crm", "customer"), Client.AsCustomer(email));
        var grant = (await Client.Consents.CreateGrantAsync(Requests.Grant(), Client.AsCustomer(email))).Grant;

        var sources = (await Client.Consents.ListSourcesAsync(new(), Client.AsCustomer(email))).Sources;

        // The network is one that the operator lists and nobody has connected.
        Assert.Equal(["acme/crm", "customer", "globex", "mastodon-demo"], sources.Select(source => source.Source_));
        Assert.Equal([SourceKind.Tenant, SourceKind.Customer, SourceKind.Tenant, SourceKind.Network], sources.Select(source => source.Kind));
        Assert.Equal([true, true, true, false], sources.Select(source => source.IsCollected));
        Assert.Equal([grant.GrantId], sources[0].GrantIds);
        Assert.Empty(sources[2].GrantIds);
    }

    [Fact]
    public async Task ListRequests_TwoCompaniesAsk_NewestFirstAndGoneOnceDecided()
    {
        const string email = "waiting@example.org";
        await OfAge(email);
        using var stream = Client.WatchRequests(email);
        await Client.Ask(email);
        Assert.Equal("acme", (await stream.Next()).ConsentRequest.Tenant);
        await Client.Ask(email, "globex");
        Assert.Equal("globex", (await stream.Next()).ConsentRequest.Tenant);

        var waiting = (await Client.Consents.ListRequestsAsync(new(), Client.AsCustomer(email))).ConsentRequests;
        Assert.Equal(["globex", "acme"], waiting.Select(request => request.Tenant));

        await Client.Decide(email, waiting[0].ConsentRequestId, ConsentDecision.Decline);
        Assert.Equal("acme", Assert.Single((await Client.Consents.ListRequestsAsync(new(), Client.AsCustomer(email))).ConsentRequests).Tenant);
    }

    [Fact]
    public async Task ListRequests_OfNobody_Nothing() =>
        Assert.Equal(new ListRequestsResponse(), await Client.Consents.ListRequestsAsync(new(), Client.AsCustomer("nobody.yet@example.org")));

    private async Task<CreateGrantRequest> OfAge(string email)
    {
        await Client.MakeCustomer(email);
        return Requests.Grant();
    }
}
