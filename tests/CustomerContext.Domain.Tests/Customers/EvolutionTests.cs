using CustomerContext.Domain.Customers;
using CustomerContext.Testing.Evolution;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>Trend and change points on histories whose truth is known; the benchmark "evolution" has the long form.</summary>
public sealed class EvolutionTests
{
    [Fact]
    public void Snapshot_YearsWithoutAJump_HardlyEverCryWolf()
    {
        var trial = new EvolutionTrial();
        foreach (var seed in Enumerable.Range(1, 4))
        {
            trial.Add(new SyntheticYear(seed, perDay: 4, size: 0));
        }

        Assert.InRange(trial.Changes.FalseAlarmsAYear, 0, 4);
        Assert.InRange(trial.Trend.FalseAlarmsAYear, 0, 30);
        Assert.InRange(trial.Plain.FalseAlarmsAYear, 100, 365);
    }

    [Fact]
    public void Snapshot_YearsWithJumps_FindsMostAndNamesTheirReason()
    {
        var trial = new EvolutionTrial();
        foreach (var seed in Enumerable.Range(1, 4))
        {
            trial.Add(new SyntheticYear(seed, perDay: 6, size: 1));
        }

        Assert.InRange(trial.Changes.Jumps, 15, 40);
        Assert.InRange((double)trial.Changes.Found / trial.Changes.Jumps, 0.8, 1);
        Assert.InRange((double)trial.Topics.Right / trial.Topics.Named, 0.6, 1);
    }

    [Fact]
    public void Snapshot_Change_IsNamedAfterTheTopicOfThatWeekNotTheHeaviest()
    {
        var days = Enumerable.Range(1, 8).SelectMany(day => Enumerable.Range(0, 5).Select(i =>
            Given.Turn($"{day}-{i}", Given.Noon.AddDays(-day - 1).AddMinutes(i), 300, conversation: $"{day}-{i}", topics: "coffee")));
        var bad = Enumerable.Range(0, 6).Select(i =>
            Given.Turn($"bad {i}", Given.Noon.AddDays(-1).AddMinutes(i), -900, conversation: $"bad {i}", topics: i < 4 ? "refund" : "coffee"));

        var seen = Given.State([.. days, .. bad]).Seen(Given.Noon);

        Assert.Equal("coffee", seen.TopOfMind.Topics[0].Topic);
        Assert.Equal("refund", Assert.Single(seen.Sentiment.Changes).Topic);
    }

    [Fact]
    public void Snapshot_ThousandMessagesOfOneQuarrel_MoveTheScoreAsOneMessageDoes()
    {
        var calm = Given.State(Enumerable.Range(1, 6).Select(day => Given.Turn($"{day}", Given.Noon.AddDays(-day), 400, conversation: $"calm {day}")));
        var one = calm.With(Given.Turn("one", Given.Noon, -1_000, conversation: "quarrel"));
        var flood = calm.With(Enumerable.Range(0, 1_000).Select(i => Given.Turn($"q{i}", Given.Noon.AddSeconds(i - 999), -1_000, conversation: "quarrel")));

        var (expected, seen) = (one.Seen(Given.Noon).Sentiment, flood.Seen(Given.Noon).Sentiment);
        Assert.Equal((expected.Score, expected.Confidence, expected.Week.Score), (seen.Score, seen.Confidence, seen.Week.Score));
        Assert.Equal((expected.Today.Score, expected.Usual.Score, expected.Trend), (seen.Today.Score, seen.Usual.Score, seen.Trend));
        Assert.NotEqual(SentimentWord.Unhappy, seen.Word);
    }

    [Fact]
    public void Snapshot_QuarrelOfAWeek_WeighsOneMessageADay()
    {
        var flood = Given.State(Enumerable.Range(0, 1_000).Select(i => Given.Turn($"q{i}", Given.Noon.AddMinutes(-10 * i), -1_000, conversation: "quarrel")).Reverse());
        var daily = Given.State(Enumerable.Range(0, 8).Select(day => Given.Turn($"d{day}", Given.Noon.AddDays(-day).AddHours(day == 0 ? 0 : 11), -1_000, conversation: "quarrel")).Reverse());

        Assert.Equal(daily.Seen(Given.Noon).Sentiment.Week.Score, flood.Seen(Given.Noon).Sentiment.Week.Score);
    }
}
