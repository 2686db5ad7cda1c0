using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using static CustomerContext.Silo.Tests.Attention.Waiting;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>The work of a company: listed without names, claimed by one, handed over, done.</summary>
public sealed class WorkTests(OneWorkSilo one) : WorkOfOneSilo(one)
{
    [Fact]
    public async Task ListWork_ThreeThingsThatWait_OverdueFirstThenTheLongest_NamesNobody()
    {
        await Make(Silo, Email, Facet.Attention);
        var since = Now.AddHours(-2);
        await Publish(
            Silo,
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
            var page = await Silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose, PageSize = 1, PageToken = token }, Silo.AsActor("ada"));
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
        await Make(Silo, Other, Facet.Attention);
        await Publish(Silo, Other, Turn("other", Now.AddDays(-2), ParticipantRole.Customer, ConversationState.Opened));

        var (first, escalated) = (await List(WorkQueue.First), await List(WorkQueue.Escalated));

        Assert.Equal((AttentionStage.Escalated, true), (work.Stage, work.Escalated));
        Assert.Equal([work], escalated.Works);
        Assert.NotEqual(work.WorkId, Assert.Single(first.Works).WorkId);
    }

    [Fact]
    public async Task ListWork_NotGrantedOrForAnotherPurposeOrTenant_IsEmpty()
    {
        await Make(Silo, Email, Facet.Conversations);
        await Publish(Silo, Email, Turn("q", Now.AddHours(-2), ParticipantRole.Customer, ConversationState.Opened));
        Assert.Empty((await List()).Works);

        await OneQuestion(Now.AddHours(-1), email: Other);
        Assert.Single((await List()).Works);
        Assert.Empty((await Silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = "service.complaint" }, Silo.AsActor("ada"))).Works);
        var globex = Silo.With(DevTokens.Actor("globex", scope: "attention.work"));
        Assert.Empty((await Silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose }, globex)).Works);
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
        var look = await Silo.Contexts.GetContextAsync(
            new GetContextRequest { Subject = new SubjectIdentifier { CustomerId = claimed.CustomerId }, Purpose = SiloOnFakeTime.Purpose, InteractionId = "shift-1" }, Silo.AsActor("ada"));
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

        Silo.Time.AdvanceTo(claimed.Work.ClaimUntilTime.ToDateTimeOffset().AddTicks(-1));
        await Refused(StatusCode.Aborted, () => Claim("ben", work));
        Silo.Time.AdvanceTo(claimed.Work.ClaimUntilTime.ToDateTimeOffset());
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
            await Publish(Silo, Email, Turn("q", Now.AddHours(-2).AddMinutes(more), ParticipantRole.Customer, ConversationState.Replied));
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
        await Publish(Silo, Email, Turn("q", Now.AddHours(-1), ParticipantRole.Customer, ConversationState.Replied));
        Assert.Empty((await List()).Works);
        await Refused(StatusCode.NotFound, () => Claim("ben", work));

        // Answered and asked anew it is other work.
        await Publish(Silo, Email, Turn("q", Now.AddMinutes(-2), ParticipantRole.Agent, ConversationState.Answered), Turn("q", Now.AddMinutes(-1), ParticipantRole.Customer, ConversationState.Replied));
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
    public async Task WatchWork_AllThatChanges_IsPushed()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        using var watch = Silo.Work.WatchWork(new WatchWorkRequest { Purpose = SiloOnFakeTime.Purpose, Queue = WorkQueue.First }, Silo.AsActor("ada"));
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

        await Refused(StatusCode.InvalidArgument, () => Silo.Work.ClaimWorkAsync(ClaimOf(work, TimeSpan.FromSeconds(seconds)), Silo.AsActor("ada")).ResponseAsync);
        Assert.NotNull(await Silo.Work.ClaimWorkAsync(ClaimOf(work, TimeSpan.FromSeconds(seconds == 59 ? 60 : 3_600)), Silo.AsActor("ada")));
    }

    [Fact]
    public async Task Calls_WithWhatIsNone_AreRefused()
    {
        var work = await OneQuestion(Now.AddHours(-2));
        Task List(Action<ListWorkRequest> change) => Called(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose }, change, request => Silo.Work.ListWorkAsync(request, Silo.AsActor("ada")).ResponseAsync);

        await Refused(StatusCode.InvalidArgument, () => List(request => request.PageSize = -1));
        await Refused(StatusCode.InvalidArgument, () => List(request => request.PageToken = "x.1.2"));
        await Refused(StatusCode.InvalidArgument, () => List(request => request.Kinds.Add((AttentionKind)99)));
        await Refused(StatusCode.InvalidArgument, () => List(request => request.Queue = (WorkQueue)99));
        await Refused(StatusCode.InvalidArgument, () => List(request => request.Purpose = ""));
        await Refused(StatusCode.PermissionDenied, () => List(request => request.Purpose = "insurance.claims"));
        await Refused(StatusCode.InvalidArgument, () => Called(ClaimOf(work), request => request.InteractionId = "", request => Silo.Work.ClaimWorkAsync(request, Silo.AsActor("ada")).ResponseAsync));
        await Refused(StatusCode.InvalidArgument, () => Called(ClaimOf(work), request => request.WorkId = new string('0', 65), request => Silo.Work.ClaimWorkAsync(request, Silo.AsActor("ada")).ResponseAsync));
        await Refused(StatusCode.NotFound, () => Called(ClaimOf(work), request => request.WorkId = new string('0', 32), request => Silo.Work.ClaimWorkAsync(request, Silo.AsActor("ada")).ResponseAsync));
        await Refused(StatusCode.NotFound, () => Called(ClaimOf(work), request => request.WorkId = "nothing", request => Silo.Work.ClaimWorkAsync(request, Silo.AsActor("ada")).ResponseAsync));
        await Refused(StatusCode.Aborted, () => Called(ClaimOf(work), request => request.ExpectedVersion = 2, request => Silo.Work.ClaimWorkAsync(request, Silo.AsActor("ada")).ResponseAsync));
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

    private async Task<Disclosure[]> Looks() => [.. (await Silo.Consents.ListDisclosuresAsync(new ListDisclosuresRequest(), Silo.As(Email))).Disclosures];
}
