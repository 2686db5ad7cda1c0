using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Tribes;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>
/// What is shown without SENTIMENT says nothing of a feeling. Two customers who did the same and felt differently cannot be told apart by it; no rule of the product takes
/// part in the comparison.
/// </summary>
public sealed class ScoreCutProperties
{
    private static readonly FacetSet _withoutSentiment = FacetSet.All.Except(FacetSet.Of(Facet.Sentiment));

    private static readonly Gen<(int Seed, int Hours, FacetSet Facets)> _cases =
        from seed in Gen.Choose(0, 1_000_000)
        from hours in Gen.Choose(0, 100)
        from bits in Gen.Choose(1, 511)
        select (seed, hours, new FacetSet(bits << 1).Intersect(_withoutSentiment));

    [Fact]
    public void Of_WithoutSentiment_OtherFeelingsLeaveItTheSame() => Prop.ForAll(Arb.From(_cases), run =>
    {
        var signals = Histories.Of(run.Seed);
        var at = Given.Noon.AddHours(run.Hours);

        var shown = Shown(signals, run.Facets, at);
        Assert.Equal(shown, Shown(signals.Select(Opposite), run.Facets, at));
        Assert.Equal(shown, Shown(signals.Select(Unfelt), run.Facets, at));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Of_WithSentiment_ShowsEverything()
    {
        // The comparison finds what is there to be found.
        var signals = Histories.Of(7);

        Assert.NotEqual(Shown(signals, FacetSet.All, Given.Noon), Shown(signals.Select(Opposite), FacetSet.All, Given.Noon));
        Assert.Equal(Given.Text(Given.State(signals).Seen(Given.Noon)), Given.Text(ScoreCut.Of(Given.State(signals).Seen(Given.Noon), FacetSet.All)));
    }

    [Fact]
    public void Of_WithoutConversations_NoAdviceTellsOfAQuestion()
    {
        var snapshot = Given.State(Given.Turn("1", Given.Noon.AddHours(-1), state: ConversationState.Opened, topics: "billing")).Seen(Given.Noon);

        Assert.Contains(TribeCareReason.UnansweredQuestion, TribeCareRules.Of(FallenTribe, ScoreCut.Of(snapshot, FacetSet.All)).Reasons);
        Assert.False(TribeCareRules.Of(FallenTribe, ScoreCut.Of(snapshot, FacetSet.Of(Facet.Tribes, Facet.Sentiment))).IsWorthCare);
    }

    /// <summary>All that can be made of a look: the customer's own part, and the care that their tribe takes of it.</summary>
    private static string Shown(IEnumerable<ScoredSignal> signals, FacetSet facets, DateTimeOffset at)
    {
        var snapshot = ScoreCut.Of(Given.State(signals).Seen(at), facets);
        var care = TribeCareRules.Of(FallenTribe, snapshot);
        return Given.Text(snapshot) + Given.Text(care);
    }

    private static TribeHistory FallenTribe => new(2, Cadence.Daily, Release(2, -300), Release(1, 500), []);

    private static TribeRelease Release(long number, int score) =>
        new(number, Given.Noon, Given.Noon.AddDays(1), score, new CorrectedMood(score, score - 100, score + 100), null, Direction.Unknown, ["billing", "app"], 60, 80, []);

    private static ScoredSignal Opposite(ScoredSignal scored) => Felt(scored, score => -score);

    private static ScoredSignal Unfelt(ScoredSignal scored) => Felt(scored, _ => 0);

    private static ScoredSignal Felt(ScoredSignal scored, Func<int, int> feeling) => scored.Signal switch
    {
        CorrectionSignal { Score: { } said } correction => scored with { Signal = correction with { Score = feeling((int)(said * 1_000)) / 1_000.0 } },
        CorrectionSignal { Topic: { Score: { } said } topic } correction => scored with { Signal = correction with { Topic = topic with { Score = feeling((int)(said * 1_000)) / 1_000.0 } } },
        _ => scored.Observation is { } heard ? scored with { Observation = heard with { Score = feeling(heard.Score) } } : scored,
    };
}
