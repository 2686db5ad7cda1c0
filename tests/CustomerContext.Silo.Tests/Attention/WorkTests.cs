using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static CustomerContext.Silo.Tests.Attention.Waiting;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>The work of a company: listed without names, claimed by one, handed over, done, and gone when the customer says so.</summary>
public sealed class WorkTests(WorkTests.OneSilo one) : IClassFixture<WorkTests.OneSilo>, IAsyncLifetime
{
    private const string Email = "asks@example.org";
    private const string Other = "other@example.org";

    private readonly SiloOnFakeTime _silo = one.Silo;

    private DateTimeOffset Now => _silo.Time.GetUtcNow();

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Whoever waited in one test is gone in the next: an erasure leaves no work.</summary>
    public async Task DisposeAsync()
    {
        foreach (var email in (string[])[Email, Other])
        {
            await _silo.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = Guid.CreateVersion7().ToString() }, _silo.As(email));
        }

        Assert.Empty((await List()).Works);
    }

    [Fact]
    public async Task ListWork_ThreeThingsThatWait_OverdueFirstThenTheLongest_NamesNobody()
    {
        await Make(_silo, Email, Facet.Attention);
        var since = Now.AddHours(-2);
        await Publish(
            _silo,
            Email,
            Turn("idea", since, ParticipantRole.Customer, ConversationState.Proposed),
            Turn("question", since.AddHours(-1), ParticipantRole.Customer, ConversationState.Opened),
            Turn("promise", since.AddHours(-1), ParticipantRole.Agent, ConversationState.Promised, Now.AddMinutes(-1)),
            Turn("own", since.AddHours(-1), ParticipantRole.Customer, ConversationState.Promised, Now.AddMinutes(-1)));

        var all = await List();

        Assert.Equal([AttentionKind.Promise, AttentionKind.UnansweredQuestion, AttentionKind.Idea], all.Works.Select(work => work.Kind));
        Assert.Equal(
            new Work
            {
                WorkId = all.Works[0].WorkId,
                Kind = AttentionKind.Promise,
                Channel = "forum",
                SinceTime = Millisecond(since.AddHours(-1)),
                DueTime = Millisecond(Now.AddMinutes(-1)),
                Stage = AttentionStage.Overdue,
                State = WorkState.Open,
                Version = 1,
            },
            all.Works[0]);
        Assert.DoesNotContain("router", all.ToString(), StringComparison.Ordinal);

        var pages = new List<Work>();
        for (var token = ""; pages.Count == 0 || token.Length > 0;)
        {
            var page = await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose, PageSize = 1, PageToken = token }, _silo.AsActor("ada"));
            pages.Add(Assert.Single(page.Works));
            token = page.NextPageToken;
        }

        Assert.Equal(all.Works, pages);
        Assert.Equal([all.Works[2]], (await List(AttentionKind.Idea)).Works);
    }

    [Fact]
    public async Task ListWork_SubscriberAfterADay_IsInTheQueueOfWhatIsEscalated()
    {
        var work = await OneQuestion(Now.AddDays(-1), "gold");
        await Make(_silo, Other, Facet.Attention);
        await Publish(_silo, Other, Turn("other", Now.AddDays(-2), ParticipantRole.Customer, ConversationState.Opened));

        var (first, escalated) = (await List(WorkQueue.First), await List(WorkQueue.Escalated));

        Assert.Equal((AttentionStage.Escalated, true), (work.Stage, work.Escalated));
        Assert.Equal([work], escalated.Works);
        Assert.NotEqual(work.WorkId, Assert.Single(first.Works).WorkId);
    }

    [Fact]
    public async Task ListWork_NotGrantedOrForAnotherPurposeOrTenant_IsEmpty()
    {
        await Make(_silo, Email, Facet.Conversations);
        await Publish(_silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened));
        Assert.Empty((await List()).Works);

        await OneQuestion(Now.AddHours(-1), email: Other);
        Assert.Single((await List()).Works);
        Assert.Empty((await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = "service.complaint" }, _silo.AsActor("ada"))).Works);
        var globex = _silo.With(DevTokens.Actor("globex", scope: "attention.work"));
        Assert.Empty((await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose }, globex)).Works);
    }

    [Fact]
    public async Task ClaimWork_OfAQuestion_IsALookOnTheCustomersRecord()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        var before = await Looks();

        var claimed = await Claim("ada", work);
        var record = Assert.Single((await Looks()).Except(before));

        Assert.Equal((WorkState.Claimed, 2), (claimed.Work.State, claimed.Work.Version));
        Assert.Equal(Now + TimeSpan.FromMinutes(15), claimed.Work.ClaimUntilTime.ToDateTimeOffset());
        Assert.Equal(("q", "https://forum.example/q", work.WorkId), (claimed.Item.ConversationId, claimed.Item.Link, claimed.Item.WorkId));
        var look = await _silo.Contexts.GetContextAsync(
            new GetContextRequest { Subject = new SubjectIdentifier { CustomerId = claimed.CustomerId }, Purpose = SiloOnFakeTime.Purpose, InteractionId = "shift-1" }, _silo.AsActor("ada"));
        Assert.Equal(claimed.Item, Assert.Single(look.Context.Attention.Items));
        Assert.Equal([NetworkTeam], claimed.Item.CouldAnswer);
        Assert.Equal((Facet.Attention, "shift-1", SiloOnFakeTime.Purpose), (Assert.Single(record.Facets), record.InteractionId, record.Purpose));
    }

    [Fact]
    public async Task ClaimWork_ManyAtOnce_OneGetsIt()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            try
            {
                return (await Claim($"agent-{number}", work)).Work.ClaimedBy;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.Aborted)
            {
                return null;
            }
        }));

        var winner = Assert.Single(claims, claim => claim is not null);
        Assert.Equal((WorkState.Claimed, winner), (Assert.Single((await List()).Works).State, Assert.Single((await List()).Works).ClaimedBy));
    }

    [Fact]
    public async Task ClaimWork_LeaseLapses_SomebodyElseGetsIt()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        var claimed = await Claim("ada", work, minutes: 1);
        await Refused(StatusCode.Aborted, () => Claim("ben", work));

        _silo.Time.AdvanceTo(claimed.Work.ClaimUntilTime.ToDateTimeOffset().AddTicks(-1));
        await Refused(StatusCode.Aborted, () => Claim("ben", work));
        _silo.Time.AdvanceTo(claimed.Work.ClaimUntilTime.ToDateTimeOffset());
        Assert.Equal(WorkState.Open, Assert.Single((await List()).Works).State);
        Assert.Equal(WorkState.Claimed, (await Claim("ben", work)).Work.State);
        await Refused(StatusCode.Aborted, () => Complete("ada", work));
    }

    [Fact]
    public async Task ClaimWork_TheCustomerWritesEightTimesMore_StaysTheSameWorkOfTheSameActor()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        var claimed = await Claim("ada", work);
        for (var more = 1; more <= 9; more++)
        {
            await Publish(_silo, Email, Turn("q", Now.AddHours(-2).AddMinutes(more), ParticipantRole.Customer, ConversationState.Replied));
        }

        Assert.Equal(claimed.Work, Assert.Single((await List()).Works));
        await Refused(StatusCode.Aborted, () => Claim("ben", work));
    }

    [Fact]
    public async Task CompleteWork_ByWhoHasIt_IsGoneAndStaysSo()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        await Refused(StatusCode.Aborted, () => Complete("ada", work));
        await Claim("ada", work);
        await Refused(StatusCode.Aborted, () => Complete("ben", work));

        var done = await Complete("ada", work, "done");

        Assert.Equal((WorkState.Completed, 3, ""), (done.Work.State, done.Work.Version, done.Work.ClaimedBy));
        Assert.Equal(done, await Complete("ada", work, "done"));
        await Publish(_silo, Email, Turn("q", Now.AddHours(-1), ParticipantRole.Customer, ConversationState.Replied));
        Assert.Empty((await List()).Works);
        await Refused(StatusCode.NotFound, () => Claim("ben", work));

        // Answered and asked anew it is other work.
        await Publish(_silo, Email, Turn("q", Now.AddMinutes(-2), ParticipantRole.Agent, ConversationState.Answered), Turn("q", Now.AddMinutes(-1), ParticipantRole.Customer, ConversationState.Replied));
        Assert.NotEqual(work.WorkId, Assert.Single((await List()).Works).WorkId);
    }

    [Fact]
    public async Task HandOverWork_Up_IsOpenInTheOtherQueue()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        await Claim("ada", work);
        await Refused(StatusCode.Aborted, () => HandOver("ben", work, WorkQueue.Escalated));

        var given = await HandOver("ada", work, WorkQueue.Escalated);

        Assert.Equal((WorkState.Open, true, AttentionStage.Waiting), (given.Work.State, given.Work.Escalated, given.Work.Stage));
        Assert.Empty((await List(WorkQueue.First)).Works);
        Assert.Equal([given.Work], (await List(WorkQueue.Escalated)).Works);
        Assert.Equal(WorkState.Claimed, (await Claim("ben", work)).Work.State);
    }

    [Fact]
    public async Task RevokeGrant_WhileSomebodyHasIt_IsGoneWhenTheRevokeReturns()
    {
        var grant = await Make(_silo, Email, Facet.Attention);
        await Publish(_silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened));
        var work = Assert.Single((await List()).Works);
        await Claim("ada", work);

        await _silo.Consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = "r", GrantId = grant }, _silo.As(Email));

        Assert.Empty((await List()).Works);
        await Refused(StatusCode.NotFound, () => Claim("ada", work));
        await Refused(StatusCode.NotFound, () => Complete("ada", work));
    }

    [Fact]
    public async Task UpdateGrant_WithoutAttention_IsGoneWhenTheUpdateReturns()
    {
        var grant = await Make(_silo, Email, Facet.Attention, Facet.Situation);
        await Publish(_silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened));
        Assert.Single((await List()).Works);
        var narrowed = SiloOnFakeTime.Terms();
        narrowed.IncludeEarlier = true;

        await _silo.Consents.UpdateGrantAsync(new UpdateGrantRequest { RequestId = "narrow", GrantId = grant, Terms = narrowed }, _silo.As(Email));

        Assert.Empty((await List()).Works);
    }

    [Fact]
    public async Task PublishOutcome_SolvedThenTheCustomerSaysOtherwise_GoesAndComesBackAsItWas()
    {
        await MakeTalker(SourceOwner.Own, SourceOwner.Mine);
        await Publish(_silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened));
        var work = Assert.Single((await List()).Works);

        await Publish(_silo, Email, Outcome(InteractionResult.Solved, Now.AddMinutes(-2)));
        Assert.Empty((await List()).Works);
        var solved = (await Look()).Context;
        Assert.Empty(solved.Attention.Items);
        Assert.Null(Assert.Single(solved.Conversations.Latest).WaitingSinceTime);
        var outcome = new InteractionOutcome { Tenant = "acme", InteractionId = "call-9", Topics = { "router" }, ByCompany = InteractionResult.Solved, SaidTime = Millisecond(Now.AddMinutes(-2)) };
        Assert.Equal([outcome], solved.Conversations.Outcomes);

        await Own(Outcome(InteractionResult.NotSolved, Now.AddMinutes(-1), "acme"));
        Assert.Equal(work, Assert.Single((await List()).Works));
        (outcome.ByCustomer, outcome.SaidTime) = (InteractionResult.NotSolved, Millisecond(Now.AddMinutes(-1)));
        Assert.Equal([outcome], (await Look()).Context.Conversations.Outcomes);
        var own = await _silo.Contexts.GetContextAsync(new GetContextRequest(), _silo.As(Email));
        Assert.Equal([outcome], own.Context.Conversations.Outcomes);
        Assert.Empty(Assert.Single(own.Context.Attention.Items).CouldAnswer); // the company's people are the company's
    }

    [Fact]
    public async Task PublishOutcome_ByACustomerWhoseOwnWordIsNotGranted_ChangesNothingForTheCompany()
    {
        await MakeTalker(SourceOwner.Own);
        await Publish(_silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened), Outcome(InteractionResult.Solved, Now.AddMinutes(-2)));

        await Own(Outcome(InteractionResult.NotSolved, Now.AddMinutes(-1), "acme"));

        Assert.Empty((await List()).Works);
        Assert.Equal(InteractionResult.Unspecified, Assert.Single((await Look()).Context.Conversations.Outcomes).ByCustomer);
    }

    [Theory]
    [InlineData(true, "acme", "signals[0].outcome.tenant")]
    [InlineData(false, "", "signals[0].outcome.tenant")]
    [InlineData(false, "initech", "signals[0].outcome.tenant")]
    public async Task PublishOutcome_OfNoCompanyOrOfAnother_IsRefusedByName(bool isCompany, string tenant, string field)
    {
        var signal = Outcome(InteractionResult.Solved, Now.AddMinutes(-1), tenant);
        signal.Subject = isCompany ? new SubjectIdentifier { Email = Email } : null;

        var answer = await _silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { signal } }, isCompany ? _silo.With(DevTokens.Actor("acme", "chat", isPerson: false)) : _silo.As(Email));

        Assert.Equal(field, Assert.Single(answer.Results).Status.Field);
    }

    [Fact]
    public async Task EraseCustomerAndPauseAll_OfWhoWaits_TheWorkIsGone()
    {
        await OneQuestion(Now.AddHours(-2));
        await OneQuestion(Now.AddHours(-2), email: Other);
        Assert.Equal(2, (await List()).Works.Count);

        await _silo.Consents.PauseAllAsync(new PauseAllRequest { RequestId = "pause" }, _silo.As(Other));
        Assert.Single((await List()).Works);
        await _silo.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "erase" }, _silo.As(Email));
        Assert.Empty((await List()).Works);
    }

    [Fact]
    public async Task WatchWork_AllThatChanges_IsPushed()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        using var watch = _silo.Work.WatchWork(new WatchWorkRequest { Purpose = SiloOnFakeTime.Purpose, Queue = WorkQueue.First }, _silo.AsActor("ada"));
        Assert.Equal(work, (await Next(watch)).Work);

        var claimed = await Claim("ada", work);
        Assert.Equal(claimed.Work, (await Next(watch)).Work);
        await HandOver("ada", work, WorkQueue.Escalated);
        Assert.Equal(work.WorkId, (await Next(watch)).WithdrawnWorkId);
    }

    [Theory]
    [InlineData(59)]
    [InlineData(3_601)]
    public async Task ClaimWork_OutsideOfItsTimes_Invalid(int seconds)
    {
        var work = await OneQuestion(Now.AddHours(-2));

        await Refused(StatusCode.InvalidArgument, () => _silo.Work.ClaimWorkAsync(ClaimOf(work, TimeSpan.FromSeconds(seconds)), _silo.AsActor("ada")).ResponseAsync);
        Assert.NotNull(await _silo.Work.ClaimWorkAsync(ClaimOf(work, TimeSpan.FromSeconds(seconds == 59 ? 60 : 3_600)), _silo.AsActor("ada")));
    }

    [Fact]
    public async Task Calls_WithWhatIsNone_AreRefused()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        Task List(Action<ListWorkRequest> change) => Called(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose }, change, request => _silo.Work.ListWorkAsync(request, _silo.AsActor("ada")).ResponseAsync);

        await Refused(StatusCode.InvalidArgument, () => List(request => request.PageSize = -1));
        await Refused(StatusCode.InvalidArgument, () => List(request => request.PageToken = "x.1.2"));
        await Refused(StatusCode.InvalidArgument, () => List(request => request.Kinds.Add((AttentionKind)99)));
        await Refused(StatusCode.InvalidArgument, () => List(request => request.Queue = (WorkQueue)99));
        await Refused(StatusCode.InvalidArgument, () => List(request => request.Purpose = ""));
        await Refused(StatusCode.PermissionDenied, () => List(request => request.Purpose = "insurance.claims"));
        await Refused(StatusCode.InvalidArgument, () => Called(ClaimOf(work), request => request.InteractionId = "", request => _silo.Work.ClaimWorkAsync(request, _silo.AsActor("ada")).ResponseAsync));
        await Refused(StatusCode.InvalidArgument, () => Called(ClaimOf(work), request => request.WorkId = new string('0', 65), request => _silo.Work.ClaimWorkAsync(request, _silo.AsActor("ada")).ResponseAsync));
        await Refused(StatusCode.NotFound, () => Called(ClaimOf(work), request => request.WorkId = new string('0', 32), request => _silo.Work.ClaimWorkAsync(request, _silo.AsActor("ada")).ResponseAsync));
        await Refused(StatusCode.NotFound, () => Called(ClaimOf(work), request => request.WorkId = "nothing", request => _silo.Work.ClaimWorkAsync(request, _silo.AsActor("ada")).ResponseAsync));
        await Refused(StatusCode.Aborted, () => Called(ClaimOf(work), request => request.ExpectedVersion = 2, request => _silo.Work.ClaimWorkAsync(request, _silo.AsActor("ada")).ResponseAsync));
    }

    private static async Task Called<T>(T request, Action<T> change, Func<T, Task> call)
    {
        change(request);
        await call(request);
    }

    private static async Task<WatchWorkResponse> Next(AsyncServerStreamingCall<WatchWorkResponse> watch)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.EventCase == WatchWorkResponse.EventOneofCase.Heartbeat);

        return watch.ResponseStream.Current;
    }

    private static async Task Refused(StatusCode code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);

    private static Timestamp Millisecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).ToTimestamp();

    private static ClaimWorkRequest ClaimOf(Work work, TimeSpan? duration = null) => new()
    {
        RequestId = Guid.CreateVersion7().ToString(),
        WorkId = work.WorkId,
        Purpose = SiloOnFakeTime.Purpose,
        InteractionId = "shift-1",
        ClaimDuration = duration?.ToDuration(),
    };

    private async Task<Work> OneQuestion(DateTimeOffset since, string tier = "basic", string email = Email)
    {
        var known = (await List()).Works;
        await Make(_silo, email, Facet.Attention);
        await Publish(_silo, email, Tier(_silo, tier), Turn("q", since, ParticipantRole.Customer, ConversationState.Opened));
        return Assert.Single((await List()).Works.Except(known));
    }

    private async Task<ListWorkResponse> List(params AttentionKind[] kinds) =>
        await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose, Kinds = { kinds } }, _silo.AsActor("ada"));

    private async Task<ListWorkResponse> List(WorkQueue queue) =>
        await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose, Queue = queue }, _silo.AsActor("ada"));

    private async Task<ClaimWorkResponse> Claim(string actor, Work work, int minutes = 15) =>
        await _silo.Work.ClaimWorkAsync(ClaimOf(work, TimeSpan.FromMinutes(minutes)), _silo.AsActor(actor));

    private async Task<CompleteWorkResponse> Complete(string actor, Work work, string? request = null) => await _silo.Work.CompleteWorkAsync(
        new CompleteWorkRequest { RequestId = request ?? Guid.CreateVersion7().ToString(), WorkId = work.WorkId, Result = WorkResult.Done }, _silo.AsActor(actor));

    private async Task<HandOverWorkResponse> HandOver(string actor, Work work, WorkQueue queue) => await _silo.Work.HandOverWorkAsync(
        new HandOverWorkRequest { RequestId = Guid.CreateVersion7().ToString(), WorkId = work.WorkId, ToQueue = queue }, _silo.AsActor(actor));

    /// <summary>A customer whose own word is kept, and who grants acme what waits and their conversations of these owners' sources.</summary>
    private async Task MakeTalker(params SourceOwner[] owners)
    {
        await _silo.Consents.SetPreferencesAsync(
            new SetPreferencesRequest
            {
                RequestId = Guid.CreateVersion7().ToString(),
                Preferences = new Preferences { OfAge = true, Collect = { "acme", "customer" } },
                UpdateMask = new FieldMask { Paths = { "of_age", "collect" } },
            },
            _silo.As(Email));
        var terms = SiloOnFakeTime.Terms();
        (terms.IncludeEarlier, terms.Facets[0]) = (true, Facet.Attention);
        terms.Facets.Add(Facet.Conversations);
        terms.Owners.Add(owners);
        await _silo.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = Guid.CreateVersion7().ToString(), Tenant = "acme", Terms = terms }, _silo.As(Email));
    }

    private async Task Own(Signal signal)
    {
        var answer = await _silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { signal } }, _silo.As(Email));
        Assert.Null(Assert.Single(answer.Results).Status);
    }

    private async Task<GetContextResponse> Look() => await _silo.Contexts.GetContextAsync(
        new GetContextRequest { Subject = new SubjectIdentifier { Email = Email }, Purpose = SiloOnFakeTime.Purpose, InteractionId = "call-9" }, _silo.AsActor("ada"));

    private async Task<Disclosure[]> Looks() => [.. (await _silo.Consents.ListDisclosuresAsync(new ListDisclosuresRequest(), _silo.As(Email))).Disclosures];

    /// <summary>One silo for all of these tests.</summary>
    public sealed class OneSilo : IAsyncLifetime
    {
        internal SiloOnFakeTime Silo { get; private set; } = null!;

        public async Task InitializeAsync() => Silo = await SiloOnFakeTime.Start();

        public async Task DisposeAsync() => await Silo.DisposeAsync();
    }
}
