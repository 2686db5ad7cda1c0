using CustomerContext.Silo.Tests.Consents;
using CustomerContext.V1;
using static CustomerContext.Silo.Tests.Attention.Waiting;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>A question under a grant "during my conversations", over the days in which nobody answers it.</summary>
public sealed class WeekTests : IAsyncLifetime
{
    private const string Email = "week@example.org";

    private SiloOnFakeTime _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloOnFakeTime.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task ListWork_NobodyAnswersForAWeek_StaysInTheQueueAndOpensNothingElse()
    {
        await Make(_silo, Email, GrantWhen.DuringMyConversations, Facet.Attention, Facet.Situation);
        await Publish(_silo, Email, Tier(_silo, "gold"));
        await Publish(_silo, Email, isByPerson: false, Turn("q", _silo.Time.GetUtcNow(), ParticipantRole.Customer, ConversationState.Opened));
        var asked = Assert.Single(await List());
        Assert.Equal(AttentionStage.Waiting, asked.Stage);
        for (var day = 1; day <= 7; day++)
        {
            _silo.Time.Advance(TimeSpan.FromDays(1));
            var work = Assert.Single(await List());
            Assert.Equal((asked.WorkId, AttentionStage.Escalated), (work.WorkId, work.Stage));
        }

        var claimed = await Claim(asked.WorkId);
        Assert.Equal("q", claimed.Item.ConversationId);
        var look = await _silo.Contexts.GetContextAsync(
            new GetContextRequest { Subject = new SubjectIdentifier { Email = Email }, Purpose = SiloOnFakeTime.Purpose, InteractionId = "call-1" }, _silo.AsAgent);
        Assert.Single(look.Context.Attention.Items);
        Assert.Null(look.Context.Situation);
        Assert.Contains(new Withheld { Facet = Facet.Situation, Reason = WithheldReason.NoOpenConversation }, look.Withheld);

        await Publish(_silo, Email, isByPerson: false, Turn("q", _silo.Time.GetUtcNow(), ParticipantRole.Agent, ConversationState.Answered));
        Assert.Empty(await List());
        _silo.Time.Advance(TimeSpan.FromDays(2));
        Assert.False(await _silo.Sees(Email));
    }

    [Fact]
    public async Task ListWork_NobodyEverAnswers_IsGoneAfterFourteenDays()
    {
        await Make(_silo, Email, GrantWhen.DuringMyConversations, Facet.Attention);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(_silo.Time.GetUtcNow().ToUnixTimeMilliseconds());
        await Publish(_silo, Email, isByPerson: false, Turn("q", at, ParticipantRole.Customer, ConversationState.Opened));

        _silo.Time.AdvanceTo(at.AddDays(14).AddTicks(-1));
        Assert.Single(await List());
        Assert.True(await _silo.Sees(Email));
        _silo.Time.AdvanceTo(at.AddDays(14));
        Assert.Empty(await List());
        Assert.False(await _silo.Sees(Email));
    }

    private async Task<Work[]> List() =>
        [.. (await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose }, _silo.AsActor("ada"))).Works];

    private async Task<ClaimWorkResponse> Claim(string work) => await _silo.Work.ClaimWorkAsync(
        new ClaimWorkRequest { RequestId = "claim", WorkId = work, Purpose = SiloOnFakeTime.Purpose, InteractionId = "shift-1" }, _silo.AsActor("ada"));
}
