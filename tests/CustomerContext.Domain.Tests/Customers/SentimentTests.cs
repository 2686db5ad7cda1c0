using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Customers;

public sealed class SentimentTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;

    [Fact]
    public void Snapshot_Nothing_IsAbsentNotZero()
    {
        var sentiment = CustomerState.Empty.Seen(Noon).Sentiment;

        Assert.Null(sentiment.Score);
        Assert.Null(sentiment.Confidence);
        Assert.Null(sentiment.Provenance);
        Assert.Null(sentiment.LastKnown);
        Assert.Null(sentiment.LatestEvidence);
        Assert.Equal(SentimentWord.NotKnown, sentiment.Word);
        Assert.Equal(new Trend(Direction.Unknown, null, null), sentiment.Trend);
        Assert.Empty(sentiment.Sparkline);
    }

    [Fact]
    public void Snapshot_OneInferredMessage_HasAScoreButNoWord()
    {
        var sentiment = Given.State(Given.Turn("1", Noon.AddHours(-1), -800)).Seen(Noon).Sentiment;

        Assert.Equal(new Horizon(-400, 500, 1), sentiment.Week);
        Assert.Equal(new Horizon(-400, 500, 1), sentiment.Today);
        Assert.Equal(new Horizon(-400, 500, 1), sentiment.Usual);
        Assert.Equal(-400, sentiment.Score);
        Assert.Equal(SentimentWord.NotKnown, sentiment.Word);
        Assert.Equal(Provenance.Inferred, sentiment.Provenance);
        Assert.Equal(Noon.AddHours(-1), sentiment.LatestEvidence);
    }

    [Fact]
    public void Snapshot_TwoConversations_HaveAWord()
    {
        var sentiment = Given.State(Given.Turn("1", Noon, -800), Given.Turn("2", Noon, -800, conversation: "c2")).Seen(Noon).Sentiment;

        Assert.Equal(new Horizon(-533, 667, 2), sentiment.Week);
        Assert.Equal(SentimentWord.Unhappy, sentiment.Word);
    }

    [Theory]
    [InlineData(606, 502)]
    [InlineData(604, 501)]
    [InlineData(602, 501)]
    public void Snapshot_ExactHalf_GoesAwayFromZero(int score, int shown)
    {
        // 2006 / 4000 is 0.5015 exactly, though not in binary.
        var sentiment = Given.State(
            Given.Turn("1", Noon, 700), Given.Turn("2", Noon, 700, conversation: "c2"), Given.Turn("3", Noon, score, conversation: "c3")).Seen(Noon).Sentiment;

        Assert.Equal(shown, sentiment.Usual.Score);
    }

    [Theory]
    [InlineData(500, -333)]
    [InlineData(499, null)]
    public void Snapshot_AtTheWeightFloor_IsShownOrNot(int weight, int? score)
    {
        var sentiment = Given.State(Given.Turn("1", Noon, -1_000, weight)).Seen(Noon).Sentiment;

        Assert.Equal(score, sentiment.Score);
        Assert.Equal(score is null, sentiment.LastKnown is not null);
    }

    [Fact]
    public void Snapshot_DaysLater_HasFadedIntoLastKnown()
    {
        var sentiment = Given.State(Given.Turn("1", Noon.AddDays(-8), -800)).Seen(Noon).Sentiment;

        // 2^(-7.5 / 7) = 0.4759 of a message is left of it; 12 weeks know it in full.
        Assert.Equal(new Horizon(null, 322, 1), sentiment.Week);
        Assert.Equal(new LastKnown(-800, Noon.AddDays(-8).AddHours(-12), 8), sentiment.LastKnown);
        Assert.Equal(-400, sentiment.Usual.Score);
        Assert.Equal(default, sentiment.Today);
    }

    [Theory]
    [InlineData(-23, 1)]
    [InlineData(-24, 0)]
    public void Snapshot_Today_IsTheLast24HourBuckets(int hours, int messages) =>
        Assert.Equal(messages, Given.State(Given.Turn("1", Noon.AddHours(hours), 0)).Seen(Noon).Sentiment.Today.Messages);

    [Theory]
    [InlineData(-34, 1)]
    [InlineData(-35, 0)]
    public void Snapshot_Week_IsTheLast35DayBuckets(int days, int messages) =>
        Assert.Equal(messages, Given.State(Given.Turn("1", Noon.AddDays(days), 0)).Seen(Noon).Sentiment.Week.Messages);

    [Theory]
    [InlineData(-77, 1)]
    [InlineData(-78, 0)]
    public void Snapshot_Usual_IsTheLast12WeekBuckets(int days, int messages) =>
        Assert.Equal(messages, Given.State(Given.Turn("1", Noon.AddDays(days), 0)).Seen(Noon).Sentiment.Usual.Messages);

    [Theory]
    [InlineData(-25 * 7, true)]
    [InlineData((-25 * 7) - 1, false)]
    public void Snapshot_LastKnown_Reaches26Weeks(int days, bool isKnown) =>
        Assert.Equal(isKnown, Given.State(Given.Turn("1", Noon.AddDays(days), 700)).Seen(Noon).Sentiment.LastKnown is { Score: 700 });

    [Theory]
    [InlineData(3.398, Direction.Steady)]
    [InlineData(3.4, Direction.Rising)]
    public void Snapshot_TrendAtBothThresholds_RisesOrNot(double answer, Direction direction)
    {
        // 50 messages on each side: the error is 0.1, and 0.2 is just enough for both rules.
        var signals = Enumerable.Range(0, 50).Select(i => Given.Survey($"a{i}", Noon, i == 0 ? answer : 3.4))
            .Concat(Enumerable.Range(0, 50).Select(i => Given.Survey($"b{i}", Noon.AddDays(-3), 3)));

        var trend = Given.State(signals).Seen(Noon).Sentiment.Trend;

        Assert.Equal(direction, trend.Direction);
        Assert.Equal(200, trend.Change);
        Assert.Equal(100, trend.StandardError);
    }

    [Theory]
    [InlineData(1_000, 1_000, Direction.Falling)]
    [InlineData(999, 1_000, Direction.Unknown)]
    [InlineData(1_000, 999, Direction.Unknown)]
    public void Snapshot_TrendAtTheWeightFloor_IsKnownOrNot(int recent, int before, Direction direction)
    {
        var state = Given.State(Given.Turn("1", Noon, -1_000, recent), Given.Turn("2", Noon.AddDays(-8), 1_000, before));

        Assert.Equal(direction, state.Seen(Noon).Sentiment.Trend.Direction);
    }

    [Theory]
    [InlineData(-9, Direction.Unknown)]
    [InlineData(-8, Direction.Falling)]
    [InlineData(-1, Direction.Falling)]
    public void Snapshot_TrendBefore_ReachesEightWholeDays(int days, Direction direction)
    {
        var state = Given.State(Given.Turn("1", Noon, -1_000), Given.Turn("2", Noon.AddDays(days), 1_000));

        Assert.Equal(direction, state.Seen(Noon).Sentiment.Trend.Direction);
    }

    [Fact]
    public void Snapshot_AbruptDay_IsAChangePointNamedWithItsTopic()
    {
        var signals = Enumerable.Range(0, 4).Select(i => Given.Survey($"a{i}", Noon.AddDays(-2), 1, null, "billing"))
            .Concat(Enumerable.Range(0, 6).Select(i => Given.Survey($"b{i}", Noon.AddDays(-5), 5, null, "jazz")));

        var changes = Given.State(signals).Seen(Noon).Sentiment.Changes;

        Assert.Equal<ChangePoint>([new ChangePoint(Noon.AddDays(-2).AddHours(-12), -2_000, 323, "billing")], changes);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(7, 0)]
    public void Snapshot_ChangeAtThreeErrors_IsFoundOrNot(int each, int found)
    {
        // A difference of 0.75 is three errors, 3 x 0.5 sqrt(1/8 + 1/8), of 8 messages against 8.
        var signals = Enumerable.Range(0, each).Select(i => Given.Survey($"a{i}", Noon.AddDays(-1), 4.5))
            .Concat(Enumerable.Range(0, each).Select(i => Given.Survey($"b{i}", Noon.AddDays(-2), 3)));

        Assert.Equal(found, Given.State(signals).Seen(Noon).Sentiment.Changes.Length);
    }

    [Fact]
    public void Snapshot_Override_StandsInOrder()
    {
        var agent = Given.Correction("1", Noon, Given.Crm, score: -0.3);
        var survey = Given.Survey("2", Noon.AddHours(-1), 4);
        var customer = Given.Correction("3", Noon.AddHours(-2), SourceId.Customer, score: 0.9);

        var first = Given.State(agent).Seen(Noon).Sentiment;
        var second = Given.State(agent, survey).Seen(Noon).Sentiment;
        var third = Given.State(agent, survey, customer).Seen(Noon).Sentiment;

        Assert.Equal((-300, Provenance.Observed, Author.Agent, SentimentWord.Unhappy), (first.Score, first.Provenance, first.Override?.Author, first.Word));
        Assert.Equal((500, Provenance.Declared, Author.Survey, SentimentWord.Content), (second.Score, second.Provenance, second.Override?.Author, second.Word));
        Assert.Equal((900, Provenance.Declared, Author.Customer, 1_000), (third.Score, third.Provenance, third.Override?.Author, third.Confidence));
        Assert.Equal(Noon.AddHours(-2).AddDays(90), third.Override?.Until);
        Assert.Equal(250, third.Week.Score);
    }

    [Theory]
    [InlineData(90 * 24 * 60, false)]
    [InlineData((90 * 24 * 60) - 1, true)]
    public void Snapshot_Correction_Stands90Days(int minutes, bool stands)
    {
        var state = Given.State(Given.Correction("1", Noon, SourceId.Customer, score: 0.9));

        Assert.Equal(stands, state.Seen(Noon.AddMinutes(minutes)).Sentiment.Override is not null);
    }

    [Theory]
    [InlineData(7 * 24 * 60, false)]
    [InlineData((7 * 24 * 60) - 1, true)]
    public void Snapshot_Survey_Stands7Days(int minutes, bool stands) =>
        Assert.Equal(stands, Given.State(Given.Survey("1", Noon, 5)).Seen(Noon.AddMinutes(minutes)).Sentiment.Override is not null);

    [Theory]
    [InlineData(-0.2, SentimentWord.Unhappy)]
    [InlineData(-0.199, SentimentWord.Mixed)]
    [InlineData(0.199, SentimentWord.Mixed)]
    [InlineData(0.2, SentimentWord.Content)]
    public void Snapshot_Word_HasThresholds(double score, SentimentWord word) =>
        Assert.Equal(word, Given.State(Given.Correction("1", Noon, SourceId.Customer, score: score)).Seen(Noon).Sentiment.Word);

    [Fact]
    public void Snapshot_Upstream_IsKeptBesideAndNeverMixedIn()
    {
        var turn = (ConversationSignal)Given.Turn("1", Noon).Signal with { Upstream = new UpstreamScore(7.5, 0, 10) };

        var sentiment = Given.State(new ScoredSignal(turn, null)).Seen(Noon).Sentiment;

        Assert.Equal(new UpstreamContent(Given.Crm, 7_500, 0, 10_000, Noon), Assert.Single(sentiment.Upstream));
        Assert.Null(sentiment.Score);
    }

    [Fact]
    public void Snapshot_Minute_IsAsOfItsStart()
    {
        var snapshot = CustomerState.Empty.Seen(Noon.AddSeconds(59.999));

        Assert.Equal(Noon, snapshot.AsOf);
        Assert.Equal(Noon.AddMinutes(1), snapshot.GoodUntil);
    }

    [Fact]
    public void Snapshot_SinceToday_ShowsWhatWasSaidAfter()
    {
        var state = Given.State(
            Given.Turn("1", Noon.AddHours(-3), -1_000),
            Given.Turn("2", Noon.AddHours(-1), 600),
            Given.Turn("3", Noon.AddMinutes(-30), 800),
            Given.Survey("4", Noon.AddHours(-4), 1));

        var seen = state.Seen(Noon, Given.View(Noon.AddHours(-2), "acme"));

        Assert.Equal(new Horizon(350, 500, 2), seen.Sentiment.Today);
        Assert.Equal(new Horizon(350, 500, 2), seen.Sentiment.Week);
        Assert.Equal(default, seen.Sentiment.Usual);
        Assert.Equal(new Horizon(467, 667, 2), seen.Conversations[0].Sentiment);
        Assert.Null(seen.Sentiment.Override);
    }
}
