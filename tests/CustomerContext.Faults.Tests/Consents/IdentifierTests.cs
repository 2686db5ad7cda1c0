using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>Identifiers: attached by proof, shared ones name nobody, two logins of one person are linked and parted, keys are renewed.</summary>
public sealed class IdentifierTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private const string Issuer = "customercontext-development";

    private SiloClient Client => running.Client;

    [Fact]
    public async Task Link_APhoneByTheCodeSentThere_FindsTheCustomer()
    {
        const string email = "phone@example.org";
        await Client.MakeCustomer(email, "acme");
        var phone = new SubjectIdentifier { PhoneNumber = "+31201234567" };
        await NotFound(phone);

        Assert.Equal(LinkOutcome.CodeSent, await Link(email, phone));
        await Refusals.Invalid("verification_code", () => Link(email, phone, "00000000"));
        Assert.Equal(LinkOutcome.Linked, await Link(email, phone, LastCode()));

        Assert.Equal(await IdOf(new SubjectIdentifier { Email = email }), await IdOf(phone));
        var own = await Own(email);
        Assert.Equal([IdentifierFormat.IssSub, IdentifierFormat.Email, IdentifierFormat.PhoneNumber], own.Identifiers.Select(identifier => identifier.Format));
        Assert.All(own.Identifiers, identifier => Assert.Equal(Verification.Verified, identifier.Verification));

        await Unlink(email, phone);
        await NotFound(phone);
    }

    [Fact]
    public async Task Link_WhatTheTokenProves_AtOnce() =>
        Assert.Equal(LinkOutcome.Linked, await Link(RunningSilo.Email, new SubjectIdentifier { Email = RunningSilo.Email.Replace("example.org", "EXAMPLE.org") }));

    [Fact]
    public async Task Resolve_WithAGrant_OnTheCustomersRecord()
    {
        var (first, second) = ("resolved1@example.org", "resolved2@example.org");
        await Client.MakeCustomer(first, "acme");
        await Client.MakeCustomer(second, "acme");
        await IdOf(new SubjectIdentifier { Email = first });
        var resolved = Assert.Single((await Client.ReadLog(first)).Records, record => record.Kind == DisclosureKind.Resolved);
        Assert.Equal(("acme", ActorRole.Agent), (resolved.Tenant, resolved.ActorRole));
        Assert.Empty(resolved.Facets);

        // Of two linked logins it is on both records.
        await LinkByCode(first, new SubjectIdentifier { IssSub = new IssuerSubject { Iss = Issuer, Sub = second } });
        await IdOf(new SubjectIdentifier { Email = first });
        Assert.Single((await Client.ReadLog(second)).Records, record => record.Kind == DisclosureKind.Resolved);
    }

    [Fact]
    public async Task Link_AnAddressThatTwoHave_NamesNobodyUntilOneLetsGo()
    {
        await Client.MakeCustomer("one@example.org", "acme");
        await Client.MakeCustomer("two@example.org", "acme");
        var shared = new SubjectIdentifier { Email = "family@example.org" };
        await LinkByCode("one@example.org", shared);
        var one = await IdOf(shared);

        // No second code goes to the same address within a minute, so the other's token proves it.
        var two = DevTokens.Customer("two@example.org");
        two["email"] = shared.Email;
        var proved = new LinkIdentifierRequest { RequestId = Requests.NewId(), Identifier = shared };
        await Client.Identities.LinkIdentifierAsync(proved, SiloClient.With(running.Silo.Tokens.Sign(two)));
        await NotFound(shared);

        await Unlink("two@example.org", shared);
        Assert.Equal(one, await IdOf(shared));
    }

    [Fact]
    public async Task Link_TwoLoginsOfOnePerson_TheStricterConsentCountsAndUndoingRestores()
    {
        var (first, second) = ("login1@example.org", "login2@example.org");
        await Client.MakeCustomer(first, "acme");
        await Client.MakeCustomer(second);
        await Publish(first, "c-first");
        await Publish(second, "c-second");
        var (before, log) = (await Look(first), await Client.ReadLog(second));
        Assert.False(await Client.Sees(second));

        var login = new SubjectIdentifier { IssSub = new IssuerSubject { Iss = Issuer, Sub = second } };
        await LinkByCode(first, login);

        // Only one of the two has granted: nothing is shown, by either name.
        Assert.False(await Client.Sees(first));
        Assert.False(await Client.Sees(second));
        var grant = Requests.Grant();
        grant.Terms.Facets.Clear();
        grant.Terms.Facets.Add(Facet.Conversations);
        await Client.Consents.CreateGrantAsync(grant, Client.AsCustomer(second));
        foreach (var email in (string[])[first, second])
        {
            var both = await Look(email);
            Assert.Equal(["c-first", "c-second"], both.Context.Conversations.Latest.Select(one => one.ConversationId).Order());
            Assert.Null(both.Context.Sentiment);
            Assert.Contains(both.Withheld, withheld => withheld.Facet == Facet.Sentiment);
        }

        await Unlink(first, login);

        var after = await Look(first);
        Assert.Equal(before.CustomerId, after.CustomerId);
        Assert.Equal(before.Context.Conversations.Latest, after.Context.Conversations.Latest);
        Assert.Equal(before.Context.Sentiment.Score, after.Context.Sentiment.Score);
        Assert.Equal(["c-second"], (await Look(second)).Context.Conversations.Latest.Select(one => one.ConversationId));

        // No history is lost, and looks at both were on both records.
        var later = await Client.ReadLog(second);
        Assert.Equal(log.Records, later.Records.Take(log.Records.Count));
        Assert.Empty(ChainCheck.Faults(later.Records, later.Head));
        Assert.Equal(3, later.Records.Skip(log.Records.Count).Count(record => record.Kind == DisclosureKind.Lookup));
    }

    [Fact]
    public async Task Link_WhileSomebodyWatches_TheWatchEndsAndOpensAnewUnderBoth()
    {
        var (first, second) = ("watched1@example.org", "watched2@example.org");
        await Client.MakeCustomer(first, "acme");
        var grants = await Client.MakeCustomer(second, "acme");
        using var alone = Client.Contexts.WatchContext(Requests.Watch(first), Client.AsAgentForLong());
        Assert.True(await alone.ResponseStream.MoveNext(CancellationToken.None));

        await LinkByCode(first, new SubjectIdentifier { IssSub = new IssuerSubject { Iss = Issuer, Sub = second } });
        Assert.Equal(WatchEndReason.GrantNarrowed, await EndOf(alone));

        using var both = Client.Contexts.WatchContext(Requests.Watch(first), Client.AsAgentForLong());
        Assert.True(await both.ResponseStream.MoveNext(CancellationToken.None));
        await Publish(second, "c-watched");
        while (both.ResponseStream.Current.Frame?.Context?.Conversations is null or { Latest.Count: 0 })
        {
            Assert.True(await both.ResponseStream.MoveNext(CancellationToken.None));
        }

        await Client.Consents.RevokeGrantAsync(Requests.Revoke(grants[0]), Client.AsCustomer(second));
        Assert.Equal(WatchEndReason.GrantNarrowed, await EndOf(both));
        Assert.False(await Client.Sees(first));
    }

    [Fact]
    public async Task Link_OpaqueIdsOfTenants_MeanSomethingInsideTheTenantOnly()
    {
        await Client.MakeCustomer("opaque@example.org", "acme", "globex");
        var id = new SubjectIdentifier { Opaque = "4711" };
        await Client.Identities.LinkIdentifierAsync(
            new LinkIdentifierRequest { RequestId = Requests.NewId(), Subject = new SubjectIdentifier { Email = "opaque@example.org" }, Identifier = id }, Client.AsAgent());

        var mine = await Client.Identities.ResolveCustomerAsync(new ResolveCustomerRequest { Subject = id }, Client.AsAgent());
        Assert.Equal((IdentifierFormat.Opaque, Verification.Tenant, "acme"), (mine.Identifiers.Single().Format, mine.Identifiers[0].Verification, mine.Identifiers[0].Tenant));
        await Assert.ThrowsAsync<RpcException>(async () => await Client.Identities.ResolveCustomerAsync(new ResolveCustomerRequest { Subject = id }, Client.AsAgent("globex")));
        await Client.Identities.UnlinkIdentifierAsync(new UnlinkIdentifierRequest { RequestId = Requests.NewId(), Identifier = id }, Client.AsAgent("globex"));
        Assert.Equal(mine, await Client.Identities.ResolveCustomerAsync(new ResolveCustomerRequest { Subject = id }, Client.AsAgent()));

        await Client.Identities.UnlinkIdentifierAsync(new UnlinkIdentifierRequest { RequestId = Requests.NewId(), Identifier = id }, Client.AsAgent());
        await NotFound(id);
    }

    [Fact]
    public async Task Link_ByACustomer_OwnIdentifiersOnly()
    {
        await Refusals.Invalid("identifier", () => Link(RunningSilo.Email, new SubjectIdentifier { Opaque = "1" }));
        await Refusals.Invalid("subject", () => Client.Identities.LinkIdentifierAsync(
            new LinkIdentifierRequest { RequestId = Requests.NewId(), Subject = new SubjectIdentifier { Email = "a@b.example" }, Identifier = new SubjectIdentifier { Email = "a@b.example" } },
            Client.AsCustomer(RunningSilo.Email)).ResponseAsync);
        await Refusals.Invalid("identifier", () => Unlink(RunningSilo.Email, new SubjectIdentifier { IssSub = new IssuerSubject { Iss = Issuer, Sub = RunningSilo.Email } }));
    }

    [Fact]
    public async Task Start_WithANewIdentityKey_FindsEverybodyAndHashesAnew()
    {
        using var data = new TempFolder();
        const string email = "rekeyed@example.org";
        string before;
        await using (var silo = await SiloProcess.Start(data.Path))
        {
            using var client = new SiloClient(silo);
            await client.MakeCustomer(email, "acme");
            before = (await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent())).CustomerId;
        }

        await File.AppendAllTextAsync(Path.Combine(data.Path, "identity.key"), $"{new string('a', 64)}\n");
        await using var renewed = await SiloProcess.Start(data.Path);
        using var later = new SiloClient(renewed);
        Assert.Equal(before, (await later.Contexts.GetContextAsync(Requests.Lookup(email), later.AsAgent())).CustomerId);
        var changes = (await later.ReadLog(email)).Records.Select(record => record.ConsentChange?.Kind).ToArray();

        // The address was moved when it was used, the login when the log was read; each was added before the old one left.
        Assert.Equal(2, changes.Count(kind => kind == ConsentChangeKind.IdentifierLinked));
        Assert.Equal(2, changes.Count(kind => kind == ConsentChangeKind.IdentifierUnlinked));
        var own = await later.Identities.ResolveCustomerAsync(new ResolveCustomerRequest(), later.AsCustomer(email));
        Assert.Equal(2, own.Identifiers.Count);
    }

    private async Task LinkByCode(string email, SubjectIdentifier identifier)
    {
        Assert.Equal(LinkOutcome.CodeSent, await Link(email, identifier));
        Assert.Equal(LinkOutcome.Linked, await Link(email, identifier, LastCode()));
    }

    private async Task<LinkOutcome> Link(string email, SubjectIdentifier identifier, string code = "") => (await Client.Identities.LinkIdentifierAsync(
        new LinkIdentifierRequest { RequestId = Requests.NewId(), Identifier = identifier, VerificationCode = code }, Client.AsCustomer(email))).Outcome;

    private async Task Unlink(string email, SubjectIdentifier identifier) => await Client.Identities.UnlinkIdentifierAsync(
        new UnlinkIdentifierRequest { RequestId = Requests.NewId(), Identifier = identifier }, Client.AsCustomer(email));

    private string LastCode() => File.ReadLines(Path.Combine(running.Silo.DataFolder, "verification-codes.txt")).Last().Split(' ')[^1];

    private async Task<GetContextResponse> Look(string email) => await Client.Contexts.GetContextAsync(Requests.Lookup(email), Client.AsAgent());

    private async Task<ResolveCustomerResponse> Own(string email) => await Client.Identities.ResolveCustomerAsync(new ResolveCustomerRequest(), Client.AsCustomer(email));

    private async Task<string> IdOf(SubjectIdentifier subject) =>
        (await Client.Identities.ResolveCustomerAsync(new ResolveCustomerRequest { Subject = subject }, Client.AsAgent())).CustomerId;

    private Task<Google.Rpc.Status> NotFound(SubjectIdentifier subject) =>
        Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.ConsentRequired, () => IdOf(subject));

    private async Task Publish(string email, string conversation) =>
        await Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(email, conversation, 1)), Client.AsAgent());

    private static async Task<WatchEndReason> EndOf(AsyncServerStreamingCall<WatchContextResponse> watch)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Ended is null);

        return watch.ResponseStream.Current.Ended.Reason;
    }
}
