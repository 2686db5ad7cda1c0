using CustomerContext.Faults.Tests.Access;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>A network that the customer connects: it sends and never reads, and only named grants show it.</summary>
public sealed class NetworkTests
{
    private const string Network = "mastodon-example";
    private const string Settings = """
        "Tenants": [
          { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ] },
          { "Id": "mastodon-example", "Network": true, "Sources": [ "posts" ] }
        ]
        """;

    [Fact]
    public async Task ConnectNetwork_NamedGrants_SendsNeverReadsAndIsForgottenWhenDisconnected()
    {
        const string email = "posts@example.org";
        await using var served = await ServedSilo.Start(Settings);
        var client = served.Client;
        await client.MakeCustomer(email);
        var named = await Grant(client, email);
        var other = await Grant(client, email);
        Assert.Contains(await Sources(client, email), source => source is { Source_: Network, Kind: SourceKind.Network, IsCollected: false, SinceTime: null });

        Assert.Equal([false, true], (await client.Catalogue.GetCatalogAsync(new GetCatalogRequest())).Companies.Select(company => company.IsNetwork));

        // Before it is connected nothing that it sends is kept.
        var program = SiloClient.With(served.Silo.Tokens.Sign(DevTokens.Actor(Network, "connector", isPerson: false)));
        await client.Signals.PublishSignalsAsync(Requests.Publish(Post("1", "before")), program);

        var connect = new ConnectNetworkRequest { RequestId = Requests.NewId(), Network = Network, AccountId = "1001", GrantIds = { named } };
        var before = TimeProvider.System.GetUtcNow();
        var connected = await client.Consents.ConnectNetworkAsync(connect, client.AsCustomer(email));
        Assert.InRange(connected.Source.SinceTime.ToDateTimeOffset(), before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow());
        Assert.Equal([(Network, connected.Source.SinceTime)], (await Sources(client, email)).Where(source => source.SinceTime is not null).Select(source => (source.Source_, source.SinceTime)));
        Assert.Equal((Network, SourceKind.Network, true, "1001"), (connected.Source.Source_, connected.Source.Kind, connected.Source.IsCollected, connected.Source.AccountId));
        Assert.Equal([named], connected.Source.GrantIds);
        await client.Signals.PublishSignalsAsync(Requests.Publish(Post("2", "camera")), program);

        // It never reads.
        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => client.Contexts.GetContextAsync(Requests.Lookup(email), program).ResponseAsync);

        Assert.Equal(["camera"], await Topics(client, email));
        await client.Consents.RevokeGrantAsync(Requests.Revoke(named), client.AsCustomer(email));
        Assert.Empty(await Topics(client, email));
        Assert.Equal(["acme", "customer"], (await client.Consents.GetGrantAsync(new GetGrantRequest { GrantId = other }, client.AsCustomer(email))).Grant.Terms.Owners.Select(owner => owner == SourceOwner.Own ? "acme" : "customer"));

        // One that is given now has it among what is mine; disconnecting takes it out of that too, and forgets.
        var later = await Grant(client, email);
        Assert.Equal(["camera"], await Topics(client, email));
        await client.Consents.DisconnectNetworkAsync(new DisconnectNetworkRequest { RequestId = Requests.NewId(), Network = Network }, client.AsCustomer(email));
        Assert.Empty(await Topics(client, email));
        Assert.Empty((await client.Consents.GetGrantAsync(new GetGrantRequest { GrantId = later }, client.AsCustomer(email))).Grant.Terms.Sources);
        await client.Signals.PublishSignalsAsync(Requests.Publish(Post("3", "router")), program);
        Assert.Empty(await Topics(client, email));
    }

    [Fact]
    public async Task TakeBack_ByTheNetworkThatSentIt_IsAsIfItHadNotBeenSent()
    {
        const string email = "deleted@example.org";
        await using var served = await ServedSilo.Start(Settings.Replace("  { \"Id\": \"mastodon-example\"", "  { \"Id\": \"other-network\", \"Network\": true, \"Sources\": [ \"posts\" ] },\n  { \"Id\": \"mastodon-example\"", StringComparison.Ordinal));
        var client = served.Client;
        await client.MakeCustomer(email);
        var (program, other) = (Program(served, Network), Program(served, "other-network"));
        foreach (var network in (string[])[Network, "other-network"])
        {
            await client.Consents.ConnectNetworkAsync(new ConnectNetworkRequest { RequestId = Requests.NewId(), Network = network, AccountId = "1001" }, client.AsCustomer(email));
        }

        await Grant(client, email);
        var (camera, router) = (Post("1", "camera"), Post("2", "router"));
        await client.Signals.PublishSignalsAsync(Requests.Publish(camera, router), program);
        Assert.Equal(["camera", "router"], (await Topics(client, email)).Order());

        // Nobody else can, and a company not at all.
        await client.Signals.PublishSignalsAsync(Requests.Publish(TakenBack(router)), other);
        var company = TakenBack(router);
        company.Subject = new SubjectIdentifier { Email = email };
        var refused = Assert.Single((await client.Signals.PublishSignalsAsync(Requests.Publish(company), client.AsAgent())).Results);
        Assert.Equal((SignalOutcome.Refused, ErrorReason.CallerNotAllowed), (refused.Outcome, refused.Status.Reason));
        Assert.Equal(["camera", "router"], (await Topics(client, email)).Order());

        // In a pause too; sent again it says the same, and what it took back does not come again.
        await client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, client.AsCustomer(email));
        Assert.Equal(SignalOutcome.Accepted, Assert.Single((await client.Signals.PublishSignalsAsync(Requests.Publish(TakenBack(router)), program)).Results).Outcome);
        await client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = Requests.NewId() }, client.AsCustomer(email));
        Assert.Equal(SignalOutcome.Accepted, Assert.Single((await client.Signals.PublishSignalsAsync(Requests.Publish(TakenBack(router)), program)).Results).Outcome);
        await client.Signals.PublishSignalsAsync(Requests.Publish(router), program);
        Assert.Equal(["camera"], await Topics(client, email));

        // One that comes before what it takes back. About nobody it says the same.
        var late = Post("3", "delivery");
        await client.Signals.PublishSignalsAsync(Requests.Publish(TakenBack(late), late), program);
        Assert.Equal(["camera"], await Topics(client, email));
        var nobodys = TakenBack(router);
        nobodys.Subject = new SubjectIdentifier { Opaque = "nobody" };
        Assert.Equal(SignalOutcome.Accepted, Assert.Single((await client.Signals.PublishSignalsAsync(Requests.Publish(nobodys), program)).Results).Outcome);
    }

    [Fact]
    public async Task ConnectNetwork_UnknownNetworkOrGrant_NotFound()
    {
        const string email = "posts2@example.org";
        await using var served = await ServedSilo.Start(Settings);
        await served.Client.MakeCustomer(email);
        foreach (var request in (ConnectNetworkRequest[])[new() { Network = "acme", AccountId = "1" }, new() { Network = Network, AccountId = "1", GrantIds = { "none" } }])
        {
            request.RequestId = Requests.NewId();
            await Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, () => served.Client.Consents.ConnectNetworkAsync(request, served.Client.AsCustomer(email)).ResponseAsync);
        }
    }

    private static Signal Post(string id, string topic)
    {
        var post = Requests.Turn("nobody@example.org", $"post-{id}", 1);
        post.Subject = new SubjectIdentifier { Opaque = "1001" };
        post.Conversation.Topics[0] = topic;
        return post;
    }

    private static CallOptions Program(ServedSilo served, string network) => SiloClient.With(served.Silo.Tokens.Sign(DevTokens.Actor(network, "connector", isPerson: false)));

    private static Signal TakenBack(Signal post)
    {
        var back = post.Clone();
        back.TakeBack = new TakeBackSignal();
        return back;
    }

    private static async Task<string> Grant(SiloClient client, string email) => (await client.Consents.CreateGrantAsync(
        new CreateGrantRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = new GrantTerms { Purposes = { Requests.Purpose }, Preset = "always" } }, client.AsCustomer(email))).Grant.GrantId;

    private static async Task<IEnumerable<Source>> Sources(SiloClient client, string email) => (await client.Consents.ListSourcesAsync(new ListSourcesRequest(), client.AsCustomer(email))).Sources;

    private static async Task<IEnumerable<string>> Topics(SiloClient client, string email) =>
        (await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent())).Context.TopOfMind?.Topics.Select(topic => topic.Name) ?? [];
}
