using CustomerContext.Silo.Tests.Consents;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using static CustomerContext.Silo.Tests.Attention.Waiting;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>What waits of one customer, as looks and watches show it.</summary>
public sealed class AttentionFacetTests : IAsyncLifetime
{
    private const string Email = "waits@example.org";

    private SiloOnFakeTime _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloOnFakeTime.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task GetContext_QuestionPromiseAndIdea_EveryFieldIsSet()
    {
        var now = _silo.Time.GetUtcNow();
        await MakeCustomer(Facet.Attention);
        await Publish(
            Turn("a", now.AddHours(-2), ParticipantRole.Customer, ConversationState.Proposed),
            Turn("p", now.AddHours(-30), ParticipantRole.Agent, ConversationState.Promised, now.AddHours(-1)),
            Turn("q", now.AddHours(-21), ParticipantRole.Customer, ConversationState.Opened),
            Tier("gold"));

        var look = await Look();
        var attention = look.Context.Attention;
        Assert.DoesNotContain(look.Absent, absent => absent.Facet == Facet.Attention);

        Assert.Equal(_silo.Time.GetUtcNow().ToUnixTimeSeconds() / 60 * 60, attention.AsOfTime.Seconds);
        Assert.Equal(Provenance.Observed, attention.Provenance);
        AttentionItem[] expected =
        [
            Item("p", AttentionKind.Promise, AttentionStage.Escalated, ParticipantRole.Agent, now.AddHours(-30), now.AddHours(-1)),
            Item("q", AttentionKind.UnansweredQuestion, AttentionStage.Due, ParticipantRole.Customer, now.AddHours(-21), now.AddHours(3)),
            Item("a", AttentionKind.Idea, AttentionStage.Waiting, ParticipantRole.Customer, now.AddHours(-2), null),
        ];
        Assert.All(attention.Items, item => Assert.Matches("^[0-9a-f]{32}$", item.WorkId));
        Assert.Equal(expected, attention.Items.Select(item => new AttentionItem(item) { WorkId = "" }));
    }

    [Fact]
    public async Task GetContext_NothingToldOrAllAnsweredOrNotGranted_SaysWhich()
    {
        var now = _silo.Time.GetUtcNow();
        await MakeCustomer(Facet.Attention, Facet.Situation);
        Assert.Contains(new Absent { Facet = Facet.Attention, Reason = AbsenceReason.NothingKnown }, (await Look()).Absent);

        await Publish(Turn("q", now.AddMinutes(-2), ParticipantRole.Customer, ConversationState.Opened), Turn("q", now.AddMinutes(-1), ParticipantRole.Agent, ConversationState.Answered));
        Assert.Empty((await Look()).Context.Attention.Items);

        // Customers are shown their conversations beside it, so they are told that nothing waits.
        var own = await _silo.Contexts.GetContextAsync(new GetContextRequest(), _silo.As(Email));
        Assert.DoesNotContain(own.Absent, absent => absent.Facet == Facet.Attention);
        Assert.Empty(own.Context.Attention.Items);

        await Waiting.Make(_silo, "hides@example.org", Facet.Situation);
        var hidden = await Look("hides@example.org");
        Assert.Null(hidden.Context.Attention);
        Assert.Contains(new Withheld { Facet = Facet.Attention, Reason = WithheldReason.NotGranted }, hidden.Withheld);
    }

    [Fact]
    public async Task WatchContext_TimePasses_TheItemIsOverdueWithoutAnybodyLooking()
    {
        await MakeCustomer(Facet.Attention);

        // So late in a minute that nothing of the watch is due before the minute ends.
        _silo.Time.Advance(TimeSpan.FromSeconds(50));
        var now = _silo.Time.GetUtcNow();
        var minute = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / 60 * 60).AddMinutes(1);
        await Publish(Turn("q", now.AddDays(-1).AddSeconds(5), ParticipantRole.Customer, ConversationState.Opened), Tier("gold"));
        using var watch = _silo.Watch(Email);
        Assert.Equal(AttentionStage.Due, (await Frame(watch.ResponseStream)).Context.Attention.Items[0].Stage);

        await _silo.Time.TimerDueAt(minute);
        _silo.Time.AdvanceTo(minute);

        var frame = await Frame(watch.ResponseStream);
        Assert.Equal(AttentionStage.Escalated, frame.Context.Attention.Items[0].Stage);
        Assert.Contains(frame.Brief.Points, point => (point.Code, point.Facet) == (BriefPointCode.QuestionOverdue, Facet.Attention));
    }

    private static async Task<ContextFrame> Frame(Grpc.Core.IAsyncStreamReader<WatchContextResponse> stream)
    {
        do
        {
            Assert.True(await stream.MoveNext(CancellationToken.None));
        }
        while (stream.Current.Frame is null);

        return stream.Current.Frame;
    }

    private static AttentionItem Item(string conversation, AttentionKind kind, AttentionStage stage, ParticipantRole by, DateTimeOffset since, DateTimeOffset? due) => new()
    {
        Kind = kind,
        Stage = stage,
        By = by,
        SinceTime = Millisecond(since),
        DueTime = due is { } time ? Millisecond(time) : null,
        ConversationId = conversation,
        Source = "acme/crm",
        Channel = "forum",
        Topics = { "router" },
        Link = $"https://forum.example/{conversation}",
        CouldAnswer = { NetworkTeam },
    };

    /// <summary>Times of turns are kept to the millisecond.</summary>
    private static Timestamp Millisecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).ToTimestamp();

    private Signal Tier(string value) => Waiting.Tier(_silo, value);

    private Task Publish(params Signal[] signals) => Waiting.Publish(_silo, Email, signals);

    private async Task<GetContextResponse> Look(string email = Email) => await _silo.Contexts.GetContextAsync(
        new GetContextRequest { Subject = new SubjectIdentifier { Email = email }, Purpose = SiloOnFakeTime.Purpose, InteractionId = "call-1" }, _silo.AsAgent);

    private Task<string> MakeCustomer(params Facet[] facets) => Waiting.Make(_silo, Email, facets);
}
