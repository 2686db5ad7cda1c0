using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>The people around a customer: what others say is proposed, what both say holds, and a friend code is a yes in advance.</summary>
public sealed class TieTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private SiloClient Client => running.Client;

    [Fact]
    public async Task DecideTie_ASourceSaysFriend_EveryAnswerLeadsWhereItSays()
    {
        const string email = "tied@example.org";
        await Collect(email);
        foreach (var (friend, decision, state) in ((string, TieDecision, TieState?)[])
        [
            ("yes@example.org", TieDecision.Yes, TieState.Waiting), ("no@example.org", TieDecision.No, null), ("later@example.org", TieDecision.Later, TieState.Later),
            ("report@example.org", TieDecision.Report, null), ("block@example.org", TieDecision.Block, TieState.Blocked),
        ])
        {
            await Collect(friend);
            await Claim(email, friend);
            var proposal = Assert.Single((await Client.Consents.ListRequestsAsync(new(), Client.AsCustomer(email))).Proposals);
            var tie = Assert.Single(await Ties(email, TieState.Proposed));
            Assert.Equal((proposal.TieId, "acme/crm", EvidenceBand.One, RelationshipKind.Friend), (tie.TieId, tie.Source, tie.EvidenceBand, tie.Kind));
            Assert.Equal((EvidenceBand.One, "acme/crm"), (proposal.EvidenceBand, proposal.Source));

            Assert.Equal(state, (await Decide(email, tie.TieId, decision)).Tie?.State);
            Assert.Empty(await Ties(email, TieState.Proposed));

            // Said once more by the source, it is still answered.
            await Claim(email, friend);
            Assert.Empty(await Ties(email, TieState.Proposed));
        }

        Assert.Equal([TieState.Waiting, TieState.Later], (await Ties(email)).Select(tie => tie.State).Order());
        Assert.Null((await Decide(email, (await Ties(email, TieState.Blocked))[0].TieId, TieDecision.No)).Tie);
    }

    [Fact]
    public async Task RedeemFriendCode_OnceByAnother_BothAreFriendsAndTheCodeIsDead()
    {
        var (one, other, third) = ("one@example.org", "other@example.org", "third@example.org");
        await Collect(one);
        await Collect(other);
        await Collect(third);
        var made = await Code(one);
        Assert.Matches("^[0-9]{9}$", made.FriendCode);
        Assert.Equal($"http://127.0.0.1:5100/me/friends/{made.FriendCode}", made.FriendUrl);

        await NotFound(() => Redeem(one, made.FriendCode));
        var request = new RedeemFriendCodeRequest { RequestId = Requests.NewId(), FriendCode = $" {made.FriendCode[..3]} {made.FriendCode[3..]} " };
        var tie = (await Client.Consents.RedeemFriendCodeAsync(request, Client.AsCustomer(other))).Tie;
        Assert.Equal((TieState.Confirmed, RelationshipKind.Friend, ""), (tie.State, tie.Kind, tie.Source));
        Assert.Equal(TieState.Confirmed, Assert.Single(await Ties(one)).State);

        // A name is shown once both said yes, and follows what its owner says.
        Assert.Equal("", tie.CallMe);
        var named = Requests.Preferences("acme", "customer");
        named.Preferences.CallMe = "Ada";
        await Client.Consents.SetPreferencesAsync(named, Client.AsCustomer(one));
        Assert.Equal("Ada", Assert.Single(await Ties(other)).CallMe);

        // A repeat is answered as it was, and the code opens nothing any more.
        Assert.Equal(tie.TieId, (await Client.Consents.RedeemFriendCodeAsync(request, Client.AsCustomer(other))).Tie.TieId);
        await NotFound(() => Redeem(third, made.FriendCode));
        await NotFound(() => Redeem(other, made.FriendCode));
        Assert.NotEqual(tie.TieId, Assert.Single(await Ties(one)).TieId);

        await Decide(other, tie.TieId, TieDecision.No);
        Assert.Empty(await Ties(other));

        // A repeat of the yes does not bring it back.
        Assert.NotEqual(TieState.Confirmed, (await Client.Consents.RedeemFriendCodeAsync(request, Client.AsCustomer(other))).Tie.State);
    }

    [Fact]
    public async Task CreateFriendCode_RepeatAndOnePastTheLimit_TheSameAndRefused()
    {
        const string email = "many.codes@example.org";
        await Collect(email);
        var request = new CreateFriendCodeRequest { RequestId = Requests.NewId() };
        var first = await Client.Consents.CreateFriendCodeAsync(request, Client.AsCustomer(email));
        Assert.Equal(first, await Client.Consents.CreateFriendCodeAsync(request, Client.AsCustomer(email)));
        for (var more = 1; more < 8; more++)
        {
            await Code(email);
        }

        await Refused(ErrorReason.LimitReached, () => Code(email));
    }

    [Fact]
    public async Task FriendCode_WithoutWhatAYesNeeds_Refused()
    {
        await Refused(ErrorReason.NotOfAge, () => Code("nobody.at.all@example.org"));
        await Client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), Client.AsCustomer("unheard@example.org"));
        await Refused(ErrorReason.OwnWordNotCollected, () => Code("unheard@example.org"));
        await Refused(ErrorReason.OwnWordNotCollected, () => Redeem("unheard@example.org", "123456789"));
        await Refusals.Invalid("friend_code", () => Redeem("unheard@example.org", ""));
        await Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, () => Decide("unheard@example.org", "0000", TieDecision.No));
        await Refusals.Invalid("decision", () => Decide("unheard@example.org", "0000", TieDecision.Unspecified));
        await Refusals.Invalid("tie_id", () => Decide("unheard@example.org", new string('a', 65), TieDecision.No));
    }

    [Fact]
    public async Task RedeemFriendCode_TooManyGuesses_RefusedUnread()
    {
        const string email = "guesser@example.org";
        await Collect(email);
        await Collect("handed@example.org");
        var good = await Code("handed@example.org");
        for (var guess = 0; guess < 10; guess++)
        {
            await NotFound(() => Redeem(email, $"00000000{guess}"));
        }

        await Refused(ErrorReason.LimitReached, () => Redeem(email, good.FriendCode));
    }

    [Fact]
    public async Task FriendCode_OnRedis_MakesFriends()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        using var data = new TempFolder();
        await using var silo = await SiloProcess.Start(data.Path, "--redis", redis.EndPoint);
        using var client = new SiloClient(silo);
        await client.Consents.SetPreferencesAsync(Requests.Preferences("customer"), client.AsCustomer("a@example.org"));
        await client.Consents.SetPreferencesAsync(Requests.Preferences("customer"), client.AsCustomer("b@example.org"));
        var made = await client.Consents.CreateFriendCodeAsync(new CreateFriendCodeRequest { RequestId = "c" }, client.AsCustomer("a@example.org"));

        var redeemed = await client.Consents.RedeemFriendCodeAsync(
            new RedeemFriendCodeRequest { RequestId = "r", FriendCode = made.FriendCode }, client.AsCustomer("b@example.org"));

        Assert.Equal(TieState.Confirmed, redeemed.Tie.State);
        var tie = Assert.Single((await client.Consents.ListTiesAsync(new ListTiesRequest(), client.AsCustomer("a@example.org"))).Ties);
        Assert.Equal(TieState.Confirmed, tie.State);
    }

    private async Task Collect(string email) => await Client.Consents.SetPreferencesAsync(Requests.Preferences("acme", "customer"), Client.AsCustomer(email));

    private async Task Claim(string email, string friend)
    {
        var tie = new Signal
        {
            Id = Requests.NewId(),
            Source = "crm",
            Subject = new SubjectIdentifier { Email = email },
            OccurredTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
            Relationship = new RelationshipSignal { Other = new SubjectIdentifier { Email = friend }, Kind = RelationshipKind.Friend, Change = RelationshipChange.Began },
        };
        var answer = await Client.Signals.PublishSignalsAsync(Requests.Publish(tie), Client.AsAgent());
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(answer.Results).Outcome);
    }

    private async Task<IReadOnlyList<Tie>> Ties(string email, params TieState[] states) =>
        (await Client.Consents.ListTiesAsync(new ListTiesRequest { States = { states } }, Client.AsCustomer(email))).Ties;

    private Task<DecideTieResponse> Decide(string email, string tie, TieDecision decision) => Client.Consents.DecideTieAsync(
        new DecideTieRequest { RequestId = Requests.NewId(), TieId = tie, Decision = decision }, Client.AsCustomer(email)).ResponseAsync;

    private Task<CreateFriendCodeResponse> Code(string email) =>
        Client.Consents.CreateFriendCodeAsync(new CreateFriendCodeRequest { RequestId = Requests.NewId() }, Client.AsCustomer(email)).ResponseAsync;

    private Task<RedeemFriendCodeResponse> Redeem(string email, string code) => Client.Consents.RedeemFriendCodeAsync(
        new RedeemFriendCodeRequest { RequestId = Requests.NewId(), FriendCode = code }, Client.AsCustomer(email)).ResponseAsync;

    private static Task<Google.Rpc.Status> NotFound(Func<Task> call) => Refusals.Refused(StatusCode.NotFound, ErrorReason.NotFound, call);

    private static Task<Google.Rpc.Status> Refused(ErrorReason reason, Func<Task> call) => Refusals.Refused(StatusCode.FailedPrecondition, reason, call);
}
