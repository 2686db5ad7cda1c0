using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>What holds for any history within the limits; a failure names its seed.</summary>
public sealed class HistoryProperties
{
    public static TheoryData<int> Seeds { get; } = new(Enumerable.Range(1, 60));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Apply_ShuffledAndRepeated_GivesEqualState(int seed)
    {
        var signals = Histories.Of(seed);
        var inOrder = Given.State(signals.OrderBy(signal => signal.Signal.OccurredAt));

        for (var round = 0; round < 3; round++)
        {
            var shuffled = Given.State(Histories.ShuffledWithRepeats(signals, (seed * 10) + round));

            Assert.Equal(Given.Text(inOrder), Given.Text(shuffled));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Snapshot_SourceLeftOut_EqualsNeverHavingReceivedIt(int seed)
    {
        var signals = Histories.Of(seed);
        var left = Histories.Sources[seed % Histories.Sources.Count];
        var others = ContextView.Whole(SourceScope.Of([], Histories.Sources.Where(source => source != left)));
        var without = Given.State(signals.Where(signal => signal.Signal.Source != left));

        Assert.Equal(Given.Text(without.Seen(Given.Noon)), Given.Text(Given.State(signals).Seen(Given.Noon, others)));
        Assert.Equal(Given.Text(without.Seen(Given.Noon)), Given.Text(CustomerRules.Forget(Given.State(signals), left).Seen(Given.Noon)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Snapshot_Since_ShowsNothingFromBefore(int seed)
    {
        var signals = Histories.Of(seed);
        var since = Given.Noon.AddHours(-new Random(seed).Next(60));
        var view = Given.View(since, "acme", "globex");
        var after = Given.State(signals.Where(signal => signal.Signal.OccurredAt >= since)).Seen(Given.Noon);
        var seen = Given.State(signals).Seen(Given.Noon, view);

        // Whatever happened before changes nothing of what is seen.
        Assert.Equal(Given.Text(Given.State(signals.Where(signal => signal.Signal.OccurredAt >= since)).Seen(Given.Noon, view)), Given.Text(seen));
        Assert.True(seen.Sentiment.Messages <= after.Sentiment.Messages);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Snapshot_AnyHistory_StaysInRange(int seed)
    {
        var sentiment = Given.State(Histories.Of(seed)).Seen(Given.Noon).Sentiment;

        foreach (var horizon in new[] { sentiment.Today, sentiment.Week, sentiment.Usual })
        {
            Assert.InRange(horizon.Score ?? 0, -1_000, 1_000);
            Assert.InRange(horizon.Confidence, 0, 999);
        }

        Assert.InRange(sentiment.Score ?? 0, -1_000, 1_000);
        Assert.InRange(sentiment.Trend.Change ?? 0, -2_000, 2_000);
        Assert.Equal(sentiment.Score is null, sentiment.Word == SentimentWord.NotKnown && sentiment.Messages != 1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Snapshot_AsTimePasses_OnlyFades(int seed)
    {
        var state = Given.State(Histories.Of(seed));
        var before = state.Seen(Given.Noon).Sentiment.Week.Confidence;

        for (var hours = 1; hours < 24 * 40; hours += 7)
        {
            var now = state.Seen(Given.Noon.AddHours(hours)).Sentiment.Week.Confidence;
            Assert.True(now <= before, $"{hours} h: {now} after {before}");
            before = now;
        }

        Assert.Equal(0, before);
    }

    [Fact]
    public void Snapshot_Twice_IsTheSame()
    {
        var state = Given.State(Histories.Of(5));

        Assert.Equal(Given.Text(state.Seen(Given.Noon)), Given.Text(state.Seen(Given.Noon.AddSeconds(59))));
    }
}
