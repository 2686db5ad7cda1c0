using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Tests.Customers;
using CustomerContext.Domain.Tribes;
using static CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Tribes;

/// <summary>When a tribe's mood is worth care with a member.</summary>
public sealed class TribeCareTests
{
    private static readonly ContextSnapshot Waiting = State(Turn("1", Noon.AddHours(-2), -500, topics: "billing")).Seen(Noon);

    [Fact]
    public void Of_MoodFellAndAQuestionWaits_IsWorthCare() => Assert.Equal(
        [TribeCareReason.MoodFell, TribeCareReason.UnansweredQuestion],
        TribeCareRules.Of(History(600, 100, "billing"), Waiting).Reasons.AsEnumerable());

    [Theory]
    [InlineData(600, 500, "billing")]
    [InlineData(100, 600, "billing")]
    [InlineData(600, 100, "jazz")]
    public void Of_NotFallenOrNotTheirTopic_IsQuiet(int before, int last, string topic) =>
        Assert.False(TribeCareRules.Of(History(before, last, topic), Waiting).IsWorthCare);

    [Fact]
    public void Of_MoodFellAndNothingWaits_IsQuiet() => Assert.Equal(
        TribeCare.Quiet,
        TribeCareRules.Of(
            History(600, 100, "billing"),
            State(Turn("1", Noon, -500, topics: "billing"), Turn("2", Noon.AddMinutes(1), role: Role.Agent, state: ConversationState.Answered)).Seen(Noon)));

    [Fact]
    public void Of_FallingTrendOnATopTopic_IsAReason()
    {
        var calm = Enumerable.Range(1, 8).Select(day => Turn($"b{day}", Noon.AddDays(-day), 600, conversation: $"b{day}", topics: "jazz"));
        var angry = Enumerable.Range(0, 6).Select(i => Turn($"a{i}", Noon.AddHours(-1).AddMinutes(i), -800, conversation: $"a{i}", state: ConversationState.Closed, topics: "billing"));
        var own = State(calm.Concat(angry)).Seen(Noon);

        Assert.Equal([TribeCareReason.MoodFell, TribeCareReason.FallingTrend], TribeCareRules.Of(History(600, 100, "billing"), own).Reasons.AsEnumerable());
        Assert.False(TribeCareRules.Of(History(600, 100, "jazz"), own).IsWorthCare);
    }

    private static TribeHistory History(int before, int last, string topic) =>
        new(2, Cadence.Daily, Release(2, last, topic), Release(1, before, topic), []);

    private static TribeRelease Release(long number, int score, string topic) =>
        new(number, Noon, Noon.AddDays(1), score, new CorrectedMood(score, score - 200, score + 200), null, Direction.Unknown, [topic], 60, 80, []);
}
