using CustomerContext.Faults.Tests.Consents;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static CustomerContext.Faults.Tests.Joins.JoinCalls;

namespace CustomerContext.Faults.Tests.Joins;

/// <summary>Join codes and links from outside: the default call, and everybody who tries to get more out of it.</summary>
public abstract class JoinTests(JoinSilo running)
{
    private SiloClient Client => running.Client;

    [Fact]
    public async Task Call_AnAddressThatWasNobodysAMinuteBefore_TheWholeDefaultCall()
    {
        const string email = "ada@new.example.org";
        var subject = new SubjectIdentifier { Email = email };
        Assert.False(await Client.SeesIn(subject, "call-ada"));
        var asked = await Client.AskFor(email, "call-ada");
        using var watch = Client.WatchRequest(asked.ConsentRequestId);
        Assert.Equal(ConsentRequestState.Waiting, (await watch.Next()).State);
        var message = await running.Messages.Next(email);
        Assert.Equal(message.Link, (string)(await running.Outbox())[0]!["link"]!);

        var shown = await Client.OpenCode(message.Code, message.Proof);
        Assert.Equal(("acme", "this-call"), (shown.Tenant, Assert.Single(shown.Presets)));
        var yes = Yes(message.Code, asked.SpokenDigits, message.Proof);
        yes.CallMe = "Ada";
        yes.Topics.Add("router");
        yes.WantedOutcome = "refund";
        var accepted = await Client.Accept(yes);
        Assert.Equal(AcceptJoinOutcome.Accepted, accepted.Outcome);

        var granted = await watch.Next();
        Assert.Equal((ConsentRequestState.Granted, accepted.Grant.GrantId, true), (granted.State, granted.Grant.GrantId, granted.IdentifierConfirmed));
        Assert.False(await watch.ResponseStream.MoveNext(CancellationToken.None));
        var look = await Client.Contexts.GetContextAsync(new GetContextRequest { Subject = subject, Purpose = Requests.Purpose, InteractionId = "call-ada" }, Client.AsAgent());
        Assert.Equal(granted.CustomerId, look.CustomerId);
        Assert.Contains(look.Context.TopOfMind.Topics, topic => topic.Name == "router");
        Assert.True(await Client.SeesIn(subject, "call-ada"));
        Assert.True(await Client.SeesIn(subject, "call-ada", SiloClient.With(running.Silo.Tokens.Sign(Testing.DevTokens.Actor("acme", "agent-8")))));
        using (var live = Client.Contexts.WatchContext(new WatchContextRequest { Subject = subject, Purpose = Requests.Purpose, InteractionId = "call-ada" }, Client.AsAgentForLong()))
        {
            Assert.True(await live.ResponseStream.MoveNext(CancellationToken.None));
        }

        Assert.False(await Client.SeesIn(subject, "call-other"));
        Assert.False(await Client.SeesIn(subject, "call-ada", Client.AsAgent("globex")));

        await Client.Contexts.ContinueInteractionAsync(
            new ContinueInteractionRequest { RequestId = Requests.NewId(), InteractionId = "call-ada", NewInteractionId = "call-ada-2" }, Client.AsAgent());
        await Client.EndInteraction("call-ada");
        Assert.False(await Client.SeesIn(subject, "call-ada"));
        Assert.True(await Client.SeesIn(subject, "call-ada-2"));
        await Client.EndInteraction("call-ada-2");
        Assert.False(await Client.SeesIn(subject, "call-ada-2"));
        await Refusals.Refused(StatusCode.FailedPrecondition, ErrorReason.InteractionOver, () => Client.AskFor(email, "call-ada"));

        // The token that came with the yes is enough to see who looked, and to erase it all.
        var own = SiloClient.With(accepted.AccessToken);
        var records = await Client.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 100 }, own);
        Assert.True(records.Disclosures.Count(record => record.Kind == DisclosureKind.Lookup) >= 3);
        await Client.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = Requests.NewId() }, own);
    }

    [Fact]
    public async Task Accept_WrongDigitsThreeTimes_DeadAndTheTenantLearnsNothing()
    {
        var asked = await Client.AskFor(null, "call-digits");
        for (var left = 2; left >= 0; left--)
        {
            var wrong = await Client.Accept(Yes(asked.JoinCode, Wrong(asked.SpokenDigits)));
            Assert.Equal((AcceptJoinOutcome.WrongDigits, left), (wrong.Outcome, wrong.TriesLeftCount));
        }

        await NotFound(() => Client.Accept(Yes(asked.JoinCode, asked.SpokenDigits)));
        await NotFound(() => Client.OpenCode(asked.JoinCode));
        Assert.Equal(ConsentRequestState.Waiting, (await Client.StatusOf(asked.ConsentRequestId)).State);
    }

    [Fact]
    public async Task Accept_Repeated_TheSameAndOtherContentIsAReuse()
    {
        var asked = await Client.AskFor(null, "call-repeat");
        var yes = Yes($" {asked.JoinCode[..3]} {asked.JoinCode[3..6]}-{asked.JoinCode[6..]}", asked.SpokenDigits);
        var first = await Client.Accept(yes);
        Assert.Equal(first.Grant, (await Client.Accept(yes)).Grant);

        yes.KeepForLater = true;
        await Refusals.Refused(StatusCode.Aborted, ErrorReason.RequestIdReused, () => Client.Accept(yes));
    }

    /// <summary>A box that is wrong uses nothing up; one that is longer than the grant ends with it.</summary>
    [Fact]
    public async Task Accept_WithABadBoxForAiReaders_RefusedAndTheCodeIsStillGood()
    {
        var asked = await Client.AskFor(null, "call-box");
        var yes = Yes(asked.JoinCode, asked.SpokenDigits);
        yes.AiReaders = new AiReaders { DailyReadCount = Domain.Limits.Consents.MostAiReads + 1 };
        await Refusals.Invalid("ai_readers.daily_read_count", () => Client.Accept(yes));
        yes.AiReaders = new AiReaders { UntilTime = TimeProvider.System.GetUtcNow().AddDays(-1).ToTimestamp() };
        await Refusals.Invalid("ai_readers.until_time", () => Client.Accept(yes));

        yes.AiReaders = new AiReaders { UntilTime = TimeProvider.System.GetUtcNow().AddDays(300).ToTimestamp() };
        var accepted = await Client.Accept(yes);

        Assert.Equal(AcceptJoinOutcome.Accepted, accepted.Outcome);
        Assert.Equal(accepted.Grant.Terms.UntilTime, accepted.Grant.Terms.AiReaders.UntilTime);
    }

    [Fact]
    public async Task Accept_TwoPeopleAtOnce_OneGrant()
    {
        var asked = await Client.AskFor(null, "call-race");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                return (await Client.Accept(Yes(asked.JoinCode, asked.SpokenDigits), i % 2 == 0 ? null : $"race{i}@example.org")).Outcome;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.NotFound)
            {
                return AcceptJoinOutcome.Unspecified;
            }
        }));

        Assert.Single(answers, outcome => outcome == AcceptJoinOutcome.Accepted);
        Assert.Equal(ConsentRequestState.Granted, (await Client.StatusOf(asked.ConsentRequestId)).State);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Accept_ForSomebodyElseOrNotOfAge_NothingStoredAndLooksLikeNoAnswer(bool forMyself, bool ofAge)
    {
        var asked = await Client.AskFor(null, $"call-{forMyself}");
        var yes = Yes(asked.JoinCode, asked.SpokenDigits);
        (yes.ForMyself, yes.OfAge) = (forMyself, ofAge);

        Assert.Equal(AcceptJoinOutcome.NothingStored, (await Client.Accept(yes)).Outcome);
        Assert.Equal(ConsentRequestState.Waiting, (await Client.StatusOf(asked.ConsentRequestId)).State);
        Assert.Equal(3, (await Client.OpenCode(asked.JoinCode)).TriesLeftCount);
    }

    [Fact]
    public async Task Watch_AfterANoUntilTheEnd_WaitsAndThenOver()
    {
        const string email = "no@example.org";
        await Client.MakeCustomer(email);
        var asked = await Client.AskFor(email, "call-no");
        using var requests = Client.WatchRequests(email);
        Assert.Equal(asked.ConsentRequestId, (await requests.Next()).ConsentRequest.ConsentRequestId);
        await Client.Decide(email, asked.ConsentRequestId, ConsentDecision.Decline);
        using var watch = Client.WatchRequest(asked.ConsentRequestId);
        Assert.Equal(ConsentRequestState.Waiting, (await watch.Next()).State);

        await Client.EndInteraction("call-no");

        Assert.Equal(ConsentRequestState.Over, (await watch.Next()).State);
        await NotFound(() => Client.OpenCode(asked.JoinCode));
    }

    [Fact]
    public async Task Watch_YesOnTheOpenPage_Granted()
    {
        const string email = "page@example.org";
        await Client.MakeCustomer(email);
        var asked = await Client.AskFor(email, "call-page");
        using var requests = Client.WatchRequests(email);
        await requests.Next();
        var decided = await Client.Decide(email, asked.ConsentRequestId, ConsentDecision.Approve);

        var status = await Client.StatusOf(asked.ConsentRequestId);
        Assert.Equal((ConsentRequestState.Granted, decided.Grant.GrantId, true), (status.State, status.Grant.GrantId, status.IdentifierConfirmed));
        Assert.True(await Client.SeesIn(new SubjectIdentifier { Email = email }, "call-page"));
        await NotFound(() => Client.OpenCode(asked.JoinCode));
    }

    [Fact]
    public async Task Watch_SomebodyElses_NotFoundUntilTheyContinueTheInteraction()
    {
        var asked = await Client.AskFor(null, "call-handover");
        var colleague = SiloClient.With(running.Silo.Tokens.Sign(Testing.DevTokens.Actor("acme", "agent-9")));
        await NotFound(() => Client.WatchRequest(asked.ConsentRequestId, colleague).Next());
        await NotFound(() => Client.WatchRequest(asked.ConsentRequestId, Client.AsAgent("globex")).Next());
        await NotFound(() => Client.WatchRequest(new string('0', 32)).Next());

        await Client.Contexts.ContinueInteractionAsync(
            new ContinueInteractionRequest { RequestId = Requests.NewId(), InteractionId = "call-handover", NewInteractionId = "call-handover-2" }, Client.AsAgent());
        using var watch = Client.WatchRequest(asked.ConsentRequestId);
        Assert.Equal(ConsentRequestState.Waiting, (await watch.Next()).State);
    }

    [Theory]
    [InlineData("named@example.org", "named@example.org", false, true)]
    [InlineData("named@example.org", "other@example.org", false, false)]
    [InlineData("named2@example.org", "other@example.org", true, true)]
    [InlineData("named3@example.org", null, false, false)]
    public async Task Watch_IdentifierConfirmed_OnlyIfProven(string named, string? accepts, bool followsLink, bool expected)
    {
        var interaction = $"call-{named}-{accepts}";
        var asked = await Client.AskFor(named, interaction);
        var message = await running.Messages.Next(named);
        await Client.Accept(Yes(asked.JoinCode, asked.SpokenDigits, followsLink ? message.Proof : ""), accepts);

        Assert.Equal(expected, (await Client.StatusOf(asked.ConsentRequestId)).IdentifierConfirmed);
    }

    [Fact]
    public async Task Accept_ALinkThatProvesAnAddress_InsideThatTenantOnly()
    {
        const string email = "inside@example.org";
        await Client.MakeCustomer(email, "globex");
        var asked = await Client.AskFor(email, "call-inside");
        var message = await running.Messages.Next(email);

        // Whoever follows the link without signing in is somebody of acme's own, and learns nothing of the customer who has this address.
        await Client.Accept(Yes(message.Code, asked.SpokenDigits, message.Proof));
        var known = await Client.Contexts.GetContextAsync(Requests.Lookup(email), Client.AsAgent("globex"));
        var here = await Client.StatusOf(asked.ConsentRequestId);
        Assert.NotEqual(known.CustomerId, here.CustomerId);
        Assert.DoesNotContain(await Client.LiveGrants(email), grant => grant.Tenant == "acme");

        // The customer signs in the next time: the address is theirs again for acme too.
        var again = await Client.AskFor(email, "call-inside-2");
        var second = await running.Messages.Next(email);
        await Client.Accept(Yes(second.Code, again.SpokenDigits, second.Proof), email);
        Assert.Single(await Client.LiveGrants(email), grant => grant.Tenant == "acme");
        Assert.True(await Client.SeesIn(new SubjectIdentifier { Email = email }, "call-inside-2"));
    }

    [Fact]
    public async Task Accept_OneOfTwoLinkedLogins_GrantedOnBoth()
    {
        var (first, second) = ("linked1@example.org", "linked2@example.org");
        await Client.MakeCustomer(first);
        await Client.MakeCustomer(second);
        await Link(first, second);
        var asked = await Client.AskFor(first, "call-linked");
        await Client.Accept(Yes(asked.JoinCode, asked.SpokenDigits), first);

        Assert.Equal(ConsentRequestState.Granted, (await Client.StatusOf(asked.ConsentRequestId)).State);
        Assert.True(await Client.SeesIn(new SubjectIdentifier { Email = first }, "call-linked"));
        Assert.Single(await Client.LiveGrants(second));
    }

    [Fact]
    public async Task Accept_OneOfTwoLinkedLoginsWhileTheOtherIsPaused_GrantedOnNeither()
    {
        var (first, second) = ("halted1@example.org", "halted2@example.org");
        await Client.MakeCustomer(first);
        await Client.MakeCustomer(second);
        await Link(first, second);
        await Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, Client.AsCustomer(second));
        var asked = await Client.AskFor(first, "call-halted");
        var yes = Yes(asked.JoinCode, asked.SpokenDigits);

        Assert.Equal(AcceptJoinOutcome.Paused, (await Client.Accept(yes, first)).Outcome);
        Assert.Empty(await Client.LiveGrants(first));
        Assert.Empty(await Client.LiveGrants(second));
        Assert.Equal(ConsentRequestState.Waiting, (await Client.StatusOf(asked.ConsentRequestId)).State);

        await Client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = Requests.NewId() }, Client.AsCustomer(second));
        Assert.Equal(AcceptJoinOutcome.Accepted, (await Client.Accept(yes, first)).Outcome);
        Assert.True(await Client.SeesIn(new SubjectIdentifier { Email = first }, "call-halted"));
    }

    [Fact]
    public async Task Redeem_ACodeOfOneOfTwoLinkedLogins_GrantedOnBothUntilTheEnd()
    {
        var (first, second) = ("coded1@example.org", "coded2@example.org");
        await Client.MakeCustomer(first);
        await Client.MakeCustomer(second);
        await Link(first, second);
        var code = await Client.Consents.CreateSharingCodeAsync(
            new CreateSharingCodeRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = new GrantTerms { Purposes = { Requests.Purpose } } }, Client.AsCustomer(second));
        var redeem = new RedeemSharingCodeRequest
        {
            RequestId = Requests.NewId(),
            Code = code.Code,
            Subject = new SubjectIdentifier { Email = second },
            InteractionId = "call-coded",
        };

        await Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, Client.AsCustomer(first));
        await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.CodeNotAccepted, () => Client.Consents.RedeemSharingCodeAsync(redeem, Client.AsAgent()).ResponseAsync);
        Assert.Empty(await Client.LiveGrants(second));
        await Client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = Requests.NewId() }, Client.AsCustomer(first));
        await Client.Consents.RedeemSharingCodeAsync(redeem, Client.AsAgent());

        Assert.True(await Client.SeesIn(new SubjectIdentifier { Email = second }, "call-coded"));
        Assert.True(await Client.SeesIn(new SubjectIdentifier { Email = first }, "call-coded"));
        Assert.Single(await Client.LiveGrants(first));
        await Client.EndInteraction("call-coded");
        Assert.Empty(await Client.LiveGrants(first));
        Assert.Empty(await Client.LiveGrants(second));
    }

    [Fact]
    public async Task Accept_PausedOrSignedInLongAgo_NothingStoredUntilThatIsMended()
    {
        const string email = "paused@example.org";
        await Client.MakeCustomer(email);
        await Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Requests.NewId() }, Client.AsCustomer(email));
        var asked = await Client.AskFor(email, "call-paused");
        var yes = Yes(asked.JoinCode, asked.SpokenDigits);
        Assert.NotNull((await Client.OpenCode(asked.JoinCode, email: email)).PausedSinceTime);
        Assert.Equal(AcceptJoinOutcome.Paused, (await Client.Accept(yes, email)).Outcome);
        await Client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = Requests.NewId() }, Client.AsCustomer(email));

        var claims = Testing.DevTokens.Customer(email);
        claims["auth_time"] = (TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(16)).ToUnixTimeSeconds();
        var old = SiloClient.With(running.Silo.Tokens.Sign(claims));
        Assert.True((await Client.Consents.OpenJoinAsync(new OpenJoinRequest { Code = asked.JoinCode, Session = NewSession() }, old)).NeedsSignIn);
        Assert.Equal(AcceptJoinOutcome.SignInAgain, (await Client.Consents.AcceptJoinAsync(yes, old)).Outcome);

        Assert.Equal(AcceptJoinOutcome.Accepted, (await Client.Accept(yes, email)).Outcome);
    }

    [Fact]
    public async Task Open_ByACustomerWithALiveGrant_ShowsIt()
    {
        const string email = "standing@example.org";
        await Client.MakeCustomer(email);
        var grant = (await Client.Consents.CreateGrantAsync(
            new CreateGrantRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = new GrantTerms { Purposes = { Requests.Purpose }, Preset = "always" } },
            Client.AsCustomer(email))).Grant;
        var asked = await Client.AskFor(email, "call-standing", "when-we-talk");

        Assert.Equal(grant.GrantId, (await Client.OpenCode(asked.JoinCode, email: email)).LiveGrant.GrantId);
        Assert.Equal(["when-we-talk", "this-call"], (await Client.OpenCode(asked.JoinCode, email: email)).Presets);
        var stranger = await Client.OpenCode(asked.JoinCode);
        Assert.Null(stranger.LiveGrant);
        Assert.Equal(["this-call"], stranger.Presets);
    }

    [Fact]
    public async Task Open_ManyWrongCodes_TheSessionIsRefusedAndOthersAreNot()
    {
        var asked = await Client.AskFor(null, "call-guess");
        var session = NewSession();
        for (var i = 0; i < 10; i++)
        {
            await NotFound(() => Client.OpenCode($"{i}00000000", session: session));
        }

        await Refusals.Refused(StatusCode.ResourceExhausted, ErrorReason.RateLimited, () => Client.OpenCode(asked.JoinCode, session: session));
        Assert.Equal("acme", (await Client.OpenCode(asked.JoinCode)).Tenant);
    }

    [Fact]
    public async Task Open_ManyTimes_ChangesNothing()
    {
        var asked = await Client.AskFor("prefetched@example.org", "call-prefetch");
        var message = await running.Messages.Next("prefetched@example.org");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(3, (await Client.OpenCode(message.Code, message.Proof)).TriesLeftCount);
        }

        await NotFound(() => Client.OpenCode(message.Code, message.Proof[1..]));
        Assert.Equal(AcceptJoinOutcome.Accepted, (await Client.Accept(Yes(message.Code, asked.SpokenDigits, message.Proof))).Outcome);
    }

    private async Task Link(string first, string second)
    {
        var login = new SubjectIdentifier { IssSub = new IssuerSubject { Iss = "customercontext-development", Sub = second } };
        var request = new LinkIdentifierRequest { RequestId = Requests.NewId(), Identifier = login };
        await Client.Identities.LinkIdentifierAsync(request, Client.AsCustomer(first));
        request.RequestId = Requests.NewId();
        request.VerificationCode = File.ReadLines(Path.Combine(running.Silo.DataFolder, "verification-codes.txt")).Last().Split(' ')[^1];
        await Client.Identities.LinkIdentifierAsync(request, Client.AsCustomer(first));
    }

    private static Task<Google.Rpc.Status> NotFound(Func<Task> call) => Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, call);
}

/// <summary>On SQLite.</summary>
public sealed class SqliteJoinTests(SqliteJoinSilo running) : JoinTests(running), IClassFixture<SqliteJoinSilo>;

/// <summary>On Redis.</summary>
public sealed class RedisJoinTests(RedisJoinSilo running) : JoinTests(running), IClassFixture<RedisJoinSilo>;
