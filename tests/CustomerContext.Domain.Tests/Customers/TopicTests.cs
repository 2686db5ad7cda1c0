using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Customers;

public sealed class TopicTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;

    [Fact]
    public void Snapshot_OneMention_WeighsOneAndFadesByHalfAWeek()
    {
        var state = Given.State(Given.Turn("1", Noon, -800, topics: "billing"));

        // 12 hours into the week: floor(1000 x 2^(0.5 / 7)) = 1050.
        Assert.Equal(new TopicWeek((int)(Noon.ToUnixTimeSeconds() / 604_800), 1_050, -840, 1_050), state.Sources[0].Topics[0].Weeks[0]);
        Assert.Equal(new TopicContent("billing", 999, Noon, -400, 500), Assert.Single(state.Seen(Noon).TopOfMind.Topics));
        Assert.Equal(500, Assert.Single(state.Seen(Noon.AddDays(7)).TopOfMind.Topics).Weight);
        Assert.Equal(500, state.Seen(Noon).TopOfMind.Confidence);
        Assert.Empty(state.Seen(Noon.AddDays(35)).TopOfMind.Topics);
    }

    [Fact]
    public void Apply_AgentsTurn_MentionsNothing() =>
        Assert.Empty(Given.State(Given.Turn("1", Noon, role: Role.Agent, topics: "billing")).Sources[0].Topics);

    [Fact]
    public void Apply_SixtyFifthTopic_LightestLeavesAndTheErrorSaysSo()
    {
        var sixtyFour = Given.State(Enumerable.Range(0, 64).Select(i => Given.Turn($"{i}", Noon.AddMinutes(i), topics: $"t{i}")));
        var sixtyFive = sixtyFour.With(Given.Turn("64", Noon.AddMinutes(64), topics: "t64"));
        var again = sixtyFive.With(Given.Turn("65", Noon.AddMinutes(65), topics: "t0"));

        Assert.Equal((64, null), (sixtyFour.Sources[0].Topics.Length, sixtyFour.Sources[0].TopicError));
        Assert.Equal(0, sixtyFour.Seen(Noon).TopOfMind.WeightError);
        Assert.Equal(64, sixtyFive.Sources[0].Topics.Length);
        Assert.DoesNotContain(sixtyFive.Sources[0].Topics, topic => topic.Topic == "t0");
        Assert.InRange(sixtyFive.Seen(Noon.AddHours(1)).TopOfMind.WeightError, 990, 1_000);
        Assert.NotNull(again.Sources[0].Topics.Single(topic => topic.Topic == "t0").Missed);
    }

    [Fact]
    public void Snapshot_ManyTopics_ShowsTheSixteenHeaviest()
    {
        var shown = Given.State(Enumerable.Range(0, 17).Select(i => Given.Turn($"{i}", Noon.AddDays(-i), topics: $"t{i:00}"))).Seen(Noon).TopOfMind.Topics;

        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"t{i:00}"), shown.Select(topic => topic.Topic));
    }

    [Fact]
    public void Snapshot_NotOnMyMind_HidesUntilMentionedLater()
    {
        var state = Given.State(
            Given.Turn("1", Noon, topics: "billing"),
            Given.Correction("2", Noon.AddMinutes(1), SourceId.Customer, topic: new TopicCorrection("billing")));

        Assert.Empty(state.Seen(Noon.AddHours(1)).TopOfMind.Topics);
        Assert.Single(state.With(Given.Turn("3", Noon.AddMinutes(2), topics: "billing")).Seen(Noon.AddHours(1)).TopOfMind.Topics);
        Assert.Empty(state.With(Given.Turn("4", Noon.AddSeconds(30), topics: "billing")).Seen(Noon.AddHours(1)).TopOfMind.Topics);
    }

    [Fact]
    public void Snapshot_CorrectedScore_CustomerStandsAboveAgent()
    {
        var state = Given.State(
            Given.Turn("1", Noon, 900, topics: "billing"),
            Given.Correction("2", Noon, SourceId.Customer, topic: new TopicCorrection("billing", -0.6)),
            Given.Correction("3", Noon.AddMinutes(1), Given.Crm, topic: new TopicCorrection("billing", 0.1)));

        Assert.Equal(-600, state.Seen(Noon.AddHours(1)).TopOfMind.Topics[0].Score);
        Assert.Equal([new LikedTopic("billing", IsSaid: false)], state.Seen(Noon.AddHours(1)).TopOfMind.Dislikes.AsEnumerable());
    }

    [Fact]
    public void Apply_NinthCorrectedTopic_IsRefused()
    {
        var eight = Given.State(Enumerable.Range(0, 8).Select(i => Given.Correction($"{i}", Noon, Given.Crm, topic: new TopicCorrection($"t{i}"))));

        var ninth = eight.Apply(Given.Correction("9", Noon, Given.Crm, topic: new TopicCorrection("t9")));

        Assert.Equal(new Refusal(RefusalReason.LimitReached, null, "at most 8 corrected topics of a source"), ninth.Refusal);
        Assert.True(eight.Apply(Given.Correction("9", Noon, SourceId.Customer, topic: new TopicCorrection("t9"))).IsOk);
        Assert.True(eight.Apply(Given.Correction("9", Noon, Given.Crm, topic: new TopicCorrection("t1", 1))).IsOk);
        Assert.True(eight.Apply(Given.Correction("9", Noon.AddDays(91), Given.Crm, topic: new TopicCorrection("t9"))).IsOk);
    }

    [Fact]
    public void Snapshot_Likes_AreDeclaredOnesThenGoodTopicsOfMoreThanOneMessage()
    {
        var state = Given.State(
            Given.Trait("1", Noon, "like", "tea"),
            Given.Trait("2", Noon.AddMinutes(1), "like", "jazz"),
            Given.Trait("3", Noon, "dislike", "calls"),
            Given.Survey("4", Noon, 5, null, "delivery", "app"),
            Given.Survey("5", Noon, 1, null, "billing", "router"),
            Given.Survey("6", Noon.AddMinutes(1), 5, null, "delivery"),
            Given.Survey("7", Noon.AddMinutes(1), 1, null, "billing"));

        var mind = state.Seen(Noon.AddHours(1)).TopOfMind;
        Assert.Equal([("jazz", true), ("tea", true), ("delivery", false)], mind.Likes.Select(liked => (liked.Topic, liked.IsSaid)));
        Assert.Equal([("calls", true), ("billing", false)], mind.Dislikes.Select(liked => (liked.Topic, liked.IsSaid)));
    }
}
