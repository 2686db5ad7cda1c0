using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Customers;

public sealed class BehaviourTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;

    [Theory]
    [InlineData(BehaviourAction.View, 50)]
    [InlineData(BehaviourAction.Scroll, 50)]
    [InlineData(BehaviourAction.Dwell, 100)]
    [InlineData(BehaviourAction.Return, 100)]
    [InlineData(BehaviourAction.Bookmark, 200)]
    [InlineData(BehaviourAction.Search, 200)]
    public void Apply_Behaviour_MentionsALittleAndFeelsNothing(BehaviourAction action, int weight)
    {
        var seen = Given.State(Given.Behaviour("1", Noon, action, topics: "billing")).Seen(Noon);

        var topic = Assert.Single(seen.TopOfMind.Topics);
        Assert.InRange(topic.Weight, weight - 1, weight);
        Assert.Null(topic.Score);
        Assert.Empty(seen.TopOfMind.Likes);
        Assert.Equal((null, null, 0), (seen.Sentiment.Score, seen.Sentiment.Confidence, seen.Sentiment.Messages));
        Assert.Null(seen.Sentiment.LatestEvidence);
        Assert.Empty(seen.Conversations);
    }

    [Fact]
    public void Apply_BehaviourBesideWords_LeavesTheScoresAsTheyWere()
    {
        var words = Given.State(Given.Turn("1", Noon, -800, topics: "billing"), Given.Turn("2", Noon.AddMinutes(1), -900, conversation: "c2", topics: "billing"));
        var both = words.With(Enumerable.Range(0, 50).Select(i => Given.Behaviour($"b{i}", Noon.AddMinutes(i), BehaviourAction.Bookmark, topics: "billing")));

        var (before, after) = (words.Seen(Noon.AddHours(2)), both.Seen(Noon.AddHours(2)));
        Assert.Equal(Given.Text(before.Sentiment), Given.Text(after.Sentiment));
        Assert.Equal((before.TopOfMind.Topics[0].Score, before.TopOfMind.Topics[0].Confidence), (after.TopOfMind.Topics[0].Score, after.TopOfMind.Topics[0].Confidence));
        Assert.True(after.TopOfMind.Topics[0].Weight > before.TopOfMind.Topics[0].Weight);
    }

    [Fact]
    public void Snapshot_WeekSeenInPart_ShowsNoMoreThanTheLastMentionSurelyWeighs()
    {
        var view = Given.View(Noon.AddHours(-1), "acme");
        var words = Given.Turn("words", Noon.AddHours(-2), topics: "billing");
        var click = Given.Behaviour("click", Noon, BehaviourAction.View, topics: "billing");

        Assert.Equal(50, Given.State(words, click).Seen(Noon, view).TopOfMind.Topics[0].Weight);
        Assert.Equal(50, Given.State(click, words).Seen(Noon, view).TopOfMind.Topics[0].Weight);
        Assert.Equal(1_000, Given.State(words, click, Given.Turn("more", Noon, topics: "billing")).Seen(Noon, view).TopOfMind.Topics[0].Weight);
    }

    [Fact]
    public void Apply_SameBehaviourTwice_CountsOnce()
    {
        var once = Given.State(Given.Behaviour("1", Noon, BehaviourAction.View, topics: "billing"));

        Assert.True(once.Apply(Given.Behaviour("1", Noon, BehaviourAction.View, topics: "billing")).Value!.IsDuplicate);
    }

    [Fact]
    public void Apply_ManyBehaviours_HaveAWindowOfTheirOwn()
    {
        const int most = Limits.Customers.BehaviourWindowSignals;
        var full = Given.State(
            [Given.Turn("words", Noon, 500), .. Enumerable.Range(0, most).Select(i => Given.Behaviour($"{i}", Noon.AddMinutes(i), BehaviourAction.View, topics: "billing"))]);
        var beyond = full.With(Given.Behaviour("beyond", Noon.AddHours(2), BehaviourAction.View, topics: "billing"));

        Assert.Equal((most, null), (full.Behaviours.Entries.Length, full.Behaviours.Horizon));
        Assert.Equal((most, 1), (beyond.Behaviours.Entries.Length, beyond.Window.Entries.Length));
        Assert.Equal(RefusalReason.TooLate, beyond.Apply(Given.Behaviour("late", Noon.AddMinutes(-1), BehaviourAction.View)).Refusal!.Reason);
        Assert.True(beyond.Apply(Given.Behaviour("63", Noon.AddMinutes(63), BehaviourAction.View)).Value!.IsDuplicate);
        Assert.True(beyond.Apply(Given.Turn("late words", Noon.AddDays(-3), 500)).IsOk);
        Assert.True(beyond.Apply(Given.Turn("words", Noon, 500)).Value!.IsDuplicate);
    }
}
