using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Customers;

public sealed class ConversationTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;

    [Fact]
    public void Apply_OneConversationADay_WeighsAtMostOne()
    {
        var state = Given.State(
            Given.Turn("1", Noon.AddHours(-2), -900), Given.Turn("3", Noon, 300), Given.Turn("2", Noon.AddHours(-1), -900));

        var bucket = Assert.Single(state.Sources[0].Hours);
        Assert.Equal(new Bucket((int)(Noon.ToUnixTimeSeconds() / 3_600), -500, 1_000, 3), bucket);
        Assert.Equal(-250, state.Seen(Noon).Sentiment.Today.Score);
        Assert.Equal(new Horizon(-375, 750, 3), state.Seen(Noon).Conversations[0].Sentiment);
    }

    [Fact]
    public void Apply_SixthConversation_OldestLeavesItsSumsStay()
    {
        var state = Given.State(Enumerable.Range(0, 6).Select(i => Given.Turn($"{i}", Noon.AddMinutes(i), 100, conversation: $"c{i}")));

        Assert.Equal(["c5", "c4", "c3", "c2", "c1"], state.Seen(Noon.AddHours(1)).Conversations.Select(conversation => conversation.Id));
        Assert.Equal(6, state.Seen(Noon.AddHours(1)).Sentiment.Today.Messages);
    }

    [Fact]
    public void Apply_OldTurnOfAConversationNotKept_CountsByItself()
    {
        var state = Given.State(Enumerable.Range(1, 5).Select(i => Given.Turn($"{i}", Noon.AddMinutes(i), 100, conversation: $"c{i}")));

        var after = state.With(Given.Turn("a", Noon, -900, conversation: "c0"), Given.Turn("b", Noon, -900, conversation: "c0"));

        Assert.Equal(5, after.Sources[0].Conversations.Length);
        Assert.DoesNotContain(after.Sources[0].Conversations, conversation => conversation.Id == "c0");
        Assert.Equal(-1_800 + 500, after.Sources[0].Days[0].Score);
    }

    [Fact]
    public void Apply_NinthTurn_OldestLeaves()
    {
        var eight = Given.State(Enumerable.Range(0, 8).Select(i => Given.Turn($"{i}", Noon.AddMinutes(i), 0)));
        var nine = eight.With(Given.Turn("9", Noon.AddMinutes(-1), 0));

        Assert.Equal(8, eight.Sources[0].Conversations[0].Turns.Length);
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), nine.Sources[0].Conversations[0].Turns[0].Stamp.At);
        Assert.Equal(9, nine.Seen(Noon.AddHours(1)).Conversations[0].Sentiment.Messages);
    }

    [Fact]
    public void Apply_SeventeenthDay_OldestTallyLeavesItsSumsStay()
    {
        var state = Given.State(Enumerable.Range(0, 17).Select(i => Given.Turn($"{i}", Noon.AddDays(-i), 1_000)));
        var late = state.With(Given.Turn("late", Noon.AddDays(-16), 1_000));

        Assert.Equal(16, state.Sources[0].Conversations[0].Days.Length);
        Assert.Equal(17, state.Sources[0].Days.Length);
        Assert.Equal(2_000, late.Sources[0].Days[0].Weight);
    }

    [Fact]
    public void Snapshot_Details_AreOfTheLatestTurnThatHasThem()
    {
        var state = Given.State(
            Given.Turn("2", Noon, link: "https://example.org/2", topics: ["billing"], state: ConversationState.Opened),
            Given.Turn("3", Noon.AddMinutes(1), role: Role.Agent, state: ConversationState.Answered),
            Given.Turn("1", Noon.AddMinutes(-1), link: "https://example.org/1", topics: ["jazz"]));

        var seen = Assert.Single(state.Seen(Noon.AddHours(1)).Conversations);
        Assert.Equal(("https://example.org/2", ConversationState.Answered, 3), (seen.Link, seen.State, seen.Turns));
        Assert.Equal<string>(["billing"], seen.Topics);
        Assert.Equal(Noon.AddMinutes(1), seen.Last);
    }

    [Theory]
    [InlineData("c", 0)]
    [InlineData("cc", 0)]
    [InlineData("ca", null)]
    [InlineData("cac", 2)]
    [InlineData("cacc", 2)]
    [InlineData("ac", 1)]
    [InlineData("cA", null)]
    [InlineData("cX", null)]
    [InlineData("cXc", 2)]
    [InlineData("co", 0)]
    [InlineData("o", null)]
    public void Snapshot_WaitingSince_IsTheFirstTurnAfterTheLastAnswer(string turns, int? index)
    {
        // c, a, o: customer, agent, other; A: an answer by somebody else; X: closed by the customer.
        var signals = turns.Select((turn, i) => Given.Turn(
            $"{i}",
            Noon.AddMinutes(i),
            role: turn is 'c' or 'X' ? Role.Customer : turn == 'a' ? Role.Agent : Role.Other,
            state: turn == 'A' ? ConversationState.Answered : turn == 'X' ? ConversationState.Closed : ConversationState.Replied));

        var waiting = Given.State(signals).Seen(Noon.AddHours(1)).Conversations[0].WaitingSince;

        Assert.Equal(index is { } i ? Noon.AddMinutes(i) : null, waiting);
    }

    [Theory]
    [InlineData(ConversationState.Replied, 1, true)]
    [InlineData(ConversationState.Answered, 1, false)]
    [InlineData(ConversationState.Promised, 1, false)]
    [InlineData(ConversationState.Replied, 16, false)]
    public void Apply_PromiseBeforeTheLatestEightTurns_StaysUntilItIsKeptOrGivenUp(ConversationState second, int days, bool stays)
    {
        var promise = Promise("p", Noon, Noon.AddDays(1));
        var next = second == ConversationState.Promised ? Promise("2", Noon.AddMinutes(1), Noon.AddDays(2)) : Given.Turn("2", Noon.AddMinutes(1), role: Role.Agent, state: second);

        var turns = Given.State([promise, next, .. Enumerable.Range(0, 9).Select(i => Given.Turn($"t{i}", Noon.AddDays(days).AddMinutes(i)))]).Sources[0].Conversations[0].Turns;

        Assert.Equal(Limits.Customers.Turns, turns.Length);
        Assert.Equal(stays, turns[0].Stamp.At == Noon.ToUnixTimeMilliseconds());
        Assert.Equal(Noon.AddDays(days).AddMinutes(8).ToUnixTimeMilliseconds(), turns[^1].Stamp.At);
    }

    private static ScoredSignal Promise(string id, DateTimeOffset at, DateTimeOffset until)
    {
        var turn = Given.Turn(id, at, role: Role.Agent, state: ConversationState.Promised);
        return turn with { Signal = (ConversationSignal)turn.Signal with { PromisedUntil = until } };
    }

    [Fact]
    public void Apply_TurnsOfOneMillisecond_HaveAnOrderOfTheirOwn()
    {
        ScoredSignal[] turns = [Given.Turn("x", Noon, state: ConversationState.Closed), Given.Turn("y", Noon, state: ConversationState.Opened)];

        Assert.Equal(Given.Text(Given.State(turns).Seen(Noon)), Given.Text(Given.State(turns.Reverse()).Seen(Noon)));
    }

    [Fact]
    public void Snapshot_Evidence_IsWhereScoredTurnsAre()
    {
        var state = Given.State(
            Given.Turn("1", Noon, 500, link: "https://example.org/1"),
            Given.Turn("2", Noon, conversation: "c2", link: "https://example.org/2"));

        Assert.Equal<EvidenceLink>([new EvidenceLink("https://example.org/1", Noon, Given.Crm)], state.Seen(Noon).Sentiment.Evidence);
    }
}
