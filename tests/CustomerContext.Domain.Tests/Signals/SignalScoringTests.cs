using CustomerContext.Domain.Common;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Signals;

public sealed class SignalScoringTests
{
    private static readonly ConversationSignal Turn = new() { Id = "s1", Source = new SourceId("acme/crm"), Role = Role.Customer };

    [Theory]
    [InlineData(1, 1, 5, -1_000)]
    [InlineData(3, 1, 5, 0)]
    [InlineData(4, 1, 5, 500)]
    [InlineData(5, 1, 5, 1_000)]
    [InlineData(0, 0, 10, -1_000)]
    [InlineData(7, 0, 10, 400)]
    [InlineData(10, 0, 10, 1_000)]
    public void Score_Survey_MapsLinearly(double answer, double minimum, double maximum, int score)
    {
        var signal = new SurveySignal { Answer = answer, ScaleMinimum = minimum, ScaleMaximum = maximum };

        Assert.Equal(new Observation(score, 1_000, Provenance.Declared), SignalScoring.Score(signal, null, new Fixed(0, 0)).Observation);
    }

    [Fact]
    public void Score_GivenScore_IsObserved()
    {
        var signal = Turn with { Score = new GivenScore(-0.1235, 0.5) };

        Assert.Equal(new Observation(-124, 500, Provenance.Observed), SignalScoring.Score(signal, null, new Fixed(1, 1)).Observation);
        Assert.Equal(1_000, SignalScoring.Score(Turn with { Score = new GivenScore(0) }, null, new Fixed(1, 1)).Observation?.Weight);
    }

    [Theory]
    [InlineData(0.2, 200)]
    [InlineData(0.1995, 200)]
    [InlineData(0.1994, null)]
    public void Score_TextAtTheConfidenceFloor_CountsOrNot(double confidence, int? weight)
    {
        var scored = SignalScoring.Score(Turn, "words", new Fixed(0.5, confidence));

        Assert.Equal(weight, scored.Observation?.Weight);
        Assert.Equal(weight is null ? null : Provenance.Inferred, scored.Observation?.Provenance);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Other)]
    public void Score_NotTheCustomersWords_AreNeverScored(Role role)
    {
        var scorer = new Fixed(1, 1);

        Assert.Null(SignalScoring.Score(Turn with { Role = role }, "words", scorer).Observation);
        Assert.Null(SignalScoring.Score(Turn with { Role = role, Score = new GivenScore(1) }, null, scorer).Observation);
        Assert.Equal(0, scorer.Calls);
    }

    [Fact]
    public void Score_Topics_AreNormalisedOnceEach()
    {
        var scored = SignalScoring.Score(Turn with { Topics = [" Late  Delivery ", "late\tdelivery", "CAFÉ"] }, null, new Fixed(0, 0));

        Assert.Equal<string>(["late-delivery", "café"], ((ConversationSignal)scored.Signal).Topics);
    }

    private sealed class Fixed(double score, double confidence) : ISentimentScorer
    {
        public int Calls { get; private set; }

        public TextScore Score(ReadOnlySpan<char> text, string? language)
        {
            Calls++;
            return new TextScore(score, confidence);
        }
    }
}
