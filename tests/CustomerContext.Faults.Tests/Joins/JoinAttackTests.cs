using CustomerContext.Faults.Tests.Consents;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static CustomerContext.Faults.Tests.Joins.JoinCalls;

namespace CustomerContext.Faults.Tests.Joins;

/// <summary>Companies that follow their own links, strangers who guess, and tokens that are used for more than they were made for.</summary>
public sealed class JoinAttackTests(SqliteJoinSilo running) : IClassFixture<SqliteJoinSilo>
{
    private const int GuessesAtOnce = 100;
    private const int Floods = 20;

    private static readonly int _guesses = Trials.Count("CC_JOIN_GUESSES", 200);

    private SiloClient Client => running.Client;

    [Fact]
    public async Task Accept_ACompanyThatFollowsItsOwnLink_IsNotACustomerWhoCanSignIn()
    {
        const string email = "signs-in@example.org";
        await Client.MakeCustomer(email, "globex");
        var (asked, link) = await Ask(email, "own-link-1");
        await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof));
        (asked, link) = await Ask(email, "own-link-2");
        await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof), email);
        var hers = (await Client.StatusOf(asked.ConsentRequestId)).CustomerId;

        (asked, link) = await Ask(email, "own-link-3");
        var taken = await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof));

        Assert.NotEqual(hers, (await Client.StatusOf(asked.ConsentRequestId)).CustomerId);
        var seen = await Client.Consents.ListGrantsAsync(new ListGrantsRequest { PageSize = 100 }, SiloClient.With(taken.AccessToken));
        Assert.Equal(taken.Grant, Assert.Single(seen.Grants));
        Assert.Equal(2, (await Client.LiveGrants(email)).Count);
    }

    [Fact]
    public async Task Accept_ACompanyThatFollowsItsOwnLink_IsNotACustomerLinkedWithALogin()
    {
        var (email, login) = ("no-account@example.org", "real-account@example.org");
        await Client.MakeCustomer(login);
        var (asked, link) = await Ask(email, "linked-link-1");
        var mine = await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof));
        await Attach(login, mine.AccessToken);

        (asked, link) = await Ask(email, "linked-link-2");
        await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof));

        Assert.DoesNotContain(await Client.LiveGrants(login), grant => grant.Tenant == "acme");
        await Refusals.Refused(StatusCode.Unauthenticated, ErrorReason.TokenExpired, () => Grants(mine.AccessToken));
    }

    [Fact]
    public async Task Token_OfAProvisionalCustomerWhoAttachedALogin_Ends()
    {
        var (asked, link) = await Ask("attaches@example.org", "attach-1");
        var made = await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof));
        await Grants(made.AccessToken);

        await Attach("attached-login@example.org", made.AccessToken);

        await Refusals.Refused(StatusCode.Unauthenticated, ErrorReason.TokenExpired, () => Grants(made.AccessToken));
        Assert.Equal(made.Grant.GrantId, Assert.Single(await Client.LiveGrants("attached-login@example.org")).GrantId);
    }

    [Fact]
    public async Task Token_OfAProvisionalCustomer_GivesNothingForLongerThanACall()
    {
        const string email = "provisional@example.org";
        var (asked, link) = await Ask(email, "prov-1");
        var made = await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof));
        var own = SiloClient.With(made.AccessToken);
        var terms = new GrantTerms { Purposes = { Requests.Purpose }, Preset = "always" };
        await NotAllowed(() => Client.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = terms }, own));
        await NotAllowed(() => Client.Consents.UpdateGrantAsync(
            new UpdateGrantRequest { RequestId = Requests.NewId(), GrantId = made.Grant.GrantId, Terms = new GrantTerms { When = GrantWhen.AnyTime } }, own));
        await NotAllowed(() => Client.Consents.CreateSharingCodeAsync(new CreateSharingCodeRequest { RequestId = Requests.NewId(), Tenant = "globex", Terms = terms }, own));
        await NotAllowed(() => Client.Consents.OpenConversationAsync(new OpenConversationRequest { RequestId = Requests.NewId(), Tenant = "acme" }, own));
        await NotAllowed(() => Client.Consents.CreateFriendCodeAsync(new CreateFriendCodeRequest { RequestId = Requests.NewId() }, own));
        var counted = Requests.Preferences("acme");
        counted.Preferences.Contribute.Add(Requests.Purpose);
        await NotAllowed(() => Client.Consents.SetPreferencesAsync(counted, own));

        // What is asked of them for longer, they can give for the call.
        var longer = await Client.AskFor(email, "prov-2", "when-we-talk");
        using var waiting = Client.Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), own);
        Assert.Equal(longer.ConsentRequestId, (await waiting.Next()).ConsentRequest.ConsentRequestId);
        await NotAllowed(() => Client.Consents.DecideConsentAsync(Approve(longer.ConsentRequestId, null), own));
        var thisCall = new GrantTerms
        {
            Purposes = { Requests.Purpose },
            When = GrantWhen.ThisCallOnly,
            InteractionId = "prov-2",
            UntilTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(1)),
        };
        var less = await Client.Consents.DecideConsentAsync(Approve(longer.ConsentRequestId, thisCall), own);
        Assert.Equal(GrantWhen.ThisCallOnly, less.Grant.Terms.When);
        await Client.Consents.RevokeGrantAsync(Requests.Revoke(less.Grant.GrantId), own);
    }

    [Fact]
    public async Task Accept_AForgedLinkOfSomebodyWhoPaused_TellsNothing()
    {
        const string email = "rests@example.org";
        var (asked, link) = await Ask(email, "rests-1");
        var made = await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof));
        await Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, SiloClient.With(made.AccessToken));

        (asked, link) = await Ask(email, "rests-2");
        await NotFound(() => Client.Accept(Yes(link.Code, asked.SpokenDigits, "forged")));
        await NotFound(() => Client.Accept(Yes(link.Code, Wrong(asked.SpokenDigits), "forged")));
        Assert.Equal(AcceptJoinOutcome.Paused, (await Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof))).Outcome);
    }

    [Fact]
    public async Task Open_WithATokenThatMayNotManageConsent_NotAllowed()
    {
        const string email = "scope@example.org";
        await Client.MakeCustomer(email);
        var asked = await Client.AskFor(null, "scope-1");
        var claims = DevTokens.Customer(email);
        claims["scope"] = "context.read";
        var narrow = SiloClient.With(running.Silo.Tokens.Sign(claims));

        await NotAllowed(() => Client.Consents.OpenJoinAsync(new OpenJoinRequest { Code = asked.JoinCode, Session = NewSession() }, narrow));
    }

    [Fact]
    public async Task Accept_ByWhoSawTheAnswerOfAnother_GetsNothing()
    {
        var asked = await Client.AskFor(null, "replay-1");
        var yes = Yes(asked.JoinCode, asked.SpokenDigits);
        await Client.Accept(yes);

        var other = yes.Clone();
        other.RequestId = Requests.NewId();
        await NotFound(() => Client.Accept(other));
        await NotFound(() => Client.Accept(yes, "thief@example.org"));
        await NotFound(() => Client.OpenCode(asked.JoinCode));
    }

    [Fact]
    public async Task Accept_TheCallEndsWhileThePageIsOpen_NothingStored()
    {
        const string email = "lapses@example.org";
        var (asked, link) = await Ask(email, "lapse-1");
        Assert.Equal("acme", (await Client.OpenCode(link.Code, link.Proof)).Tenant);
        using var watch = Client.WatchRequest(asked.ConsentRequestId);
        Assert.Equal(ConsentRequestState.Waiting, (await watch.Next()).State);

        await Client.EndInteraction("lapse-1");

        Assert.Equal(ConsentRequestState.Over, (await watch.Next()).State);
        await NotFound(() => Client.Accept(Yes(link.Code, asked.SpokenDigits, link.Proof)));
        Assert.False(await Client.SeesIn(new SubjectIdentifier { Email = email }, "lapse-1"));
        Assert.Equal(ConsentRequestState.Over, (await Client.StatusOf(asked.ConsentRequestId)).State);
    }

    [Fact]
    public async Task Guesses_OfCodesWithASessionEach_FindNothingAndHarmNothing()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Client.AskFor(null, $"guessed-{i}")));
        var live = asked.Select(one => one.JoinCode).ToHashSet();
        var random = new Random(Trials.Seed);
        var codes = Enumerable.Range(0, _guesses).Select(_ => random.Next(1_000_000_000).ToString("D9")).Where(code => !live.Contains(code)).ToArray();
        foreach (var batch in codes.Chunk(GuessesAtOnce))
        {
            var found = await Task.WhenAll(batch.Select(Guess));
            Assert.DoesNotContain(true, found);
        }

        var opened = await Task.WhenAll(asked.Select(one => Client.OpenCode(one.JoinCode)));
        Assert.All(opened, one => Assert.Equal(3, one.TriesLeftCount));

        Assert.Equal(AcceptJoinOutcome.Accepted, (await Client.Accept(Yes(asked[0].JoinCode, asked[0].SpokenDigits))).Outcome);
    }

    [Fact]
    public async Task Revoke_WhileTheCompanyFloodsTheCustomer_Succeeds()
    {
        const string email = "flooded@example.org";
        var grant = Assert.Single(await Client.MakeCustomer(email, "acme"));
        var (_, link) = await Ask(email, "flood-first");
        using var stop = new CancellationTokenSource();
        var arrived = new CountdownEvent(Floods);
        var floods = Enumerable.Range(0, Floods).Select(i => Flood(email, $"flood-{i}", arrived, stop.Token)).ToArray();
        await Task.Run(() => arrived.Wait(TimeSpan.FromSeconds(30)));

        var revoked = await Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), Client.AsCustomer(email));
        await Client.Consents.StopMessagesAsync(new StopMessagesRequest { Code = link.Code, LinkProof = link.Proof }, Anonymous());
        await Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, Client.AsCustomer(email));

        Assert.Equal(GrantState.Revoked, revoked.Grant.State);
        Assert.False(await Client.SeesIn(new SubjectIdentifier { Email = email }, "flood-0"));
        await stop.CancelAsync();
        await Task.WhenAll(floods);
    }

    private async Task Flood(string email, string interaction, CountdownEvent arrived, CancellationToken stop)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            try
            {
                await Client.AskFor(email, $"{interaction}-{round / 4}", actor: "flooder");
            }
            catch (RpcException busy) when (busy.StatusCode is StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded or StatusCode.Unavailable)
            {
                // It asks faster than it may: the next one.
            }

            if (round == 0)
            {
                arrived.Signal();
            }
        }
    }

    /// <summary>True if the code leads to something.</summary>
    private async Task<bool> Guess(string code)
    {
        try
        {
            await Client.Consents.OpenJoinAsync(new OpenJoinRequest { Code = code, Session = NewSession() }, new CallOptions());
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.NotFound or StatusCode.ResourceExhausted)
        {
            return false;
        }
    }

    private async Task<(RequestConsentResponse Asked, Message Link)> Ask(string email, string interaction)
    {
        var asked = await Client.AskFor(email, interaction);
        return (asked, await running.Messages.Next(email));
    }

    /// <summary>Whoever has the token attaches a login by the code that is sent to it.</summary>
    private async Task Attach(string login, string token)
    {
        var request = new LinkIdentifierRequest
        {
            RequestId = Requests.NewId(),
            Identifier = new SubjectIdentifier { IssSub = new IssuerSubject { Iss = "customercontext-development", Sub = login } },
        };
        await Client.Identities.LinkIdentifierAsync(request, SiloClient.With(token));
        request.RequestId = Requests.NewId();
        request.VerificationCode = File.ReadLines(Path.Combine(running.Silo.DataFolder, "verification-codes.txt")).Last().Split(' ')[^1];
        await Client.Identities.LinkIdentifierAsync(request, SiloClient.With(token));
    }

    private Task<ListGrantsResponse> Grants(string token) => Client.Consents.ListGrantsAsync(new ListGrantsRequest { PageSize = 10 }, SiloClient.With(token)).ResponseAsync;

    private static DecideConsentRequest Approve(string id, GrantTerms? terms) =>
        new() { RequestId = Requests.NewId(), ConsentRequestId = id, Decision = ConsentDecision.Approve, Terms = terms };

    private static Task<Google.Rpc.Status> NotAllowed<T>(Func<AsyncUnaryCall<T>> call) =>
        Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => call().ResponseAsync);

    private static Task<Google.Rpc.Status> NotFound(Func<Task> call) => Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, call);
}
