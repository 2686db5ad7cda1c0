using CustomerContext.Domain.Common;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Topics;

namespace CustomerContext.Domain.Tests.Signals;

public sealed class SignalScoringTests
{
    private static readonly TopicGate Gate = TopicGate.OfTenant(["café"]);
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

        Assert.Equal(new Observation(score, 1_000, Provenance.Declared), SignalScoring.Score(signal, null, new Fixed(0, 0), Gate)!.Observation);
    }

    [Fact]
    public void Score_GivenScore_IsObserved()
    {
        var signal = Turn with { Score = new GivenScore(-0.1235, 0.5) };

        Assert.Equal(new Observation(-124, 500, Provenance.Observed), SignalScoring.Score(signal, null, new Fixed(1, 1), Gate)!.Observation);
        Assert.Equal(1_000, SignalScoring.Score(Turn with { Score = new GivenScore(0) }, null, new Fixed(1, 1), Gate)!.Observation?.Weight);
    }

    [Theory]
    [InlineData(0.2, 200)]
    [InlineData(0.1995, 200)]
    [InlineData(0.1994, null)]
    public void Score_TextAtTheConfidenceFloor_CountsOrNot(double confidence, int? weight)
    {
        var scored = SignalScoring.Score(Turn, "words", new Fixed(0.5, confidence), Gate)!;

        Assert.Equal(weight, scored.Observation?.Weight);
        Assert.Equal(weight is null ? null : Provenance.Inferred, scored.Observation?.Provenance);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Other)]
    public void Score_NotTheCustomersWords_AreNeverScored(Role role)
    {
        var scorer = new Fixed(1, 1);

        Assert.Null(SignalScoring.Score(Turn with { Role = role }, "words", scorer, Gate)!.Observation);
        Assert.Null(SignalScoring.Score(Turn with { Role = role, Score = new GivenScore(1) }, null, scorer, Gate)!.Observation);
        Assert.Equal(0, scorer.Calls);
    }

    [Fact]
    public void Score_Topics_AreNormalisedOnceEach()
    {
        var scored = SignalScoring.Score(Turn with { Topics = [" Late  Delivery ", "late\tdelivery", "CAFÉ"] }, null, new Fixed(0, 0), Gate)!;

        Assert.Equal<string>(["late-delivery", "café"], ((ConversationSignal)scored.Signal).Topics);
    }

    [Fact]
    public void Score_TextAboutWhatIsNeverKept_LeavesATurnWithoutTopicsScoreAndLink()
    {
        var turn = Turn with { Topics = ["delivery"], Link = "https://desk.example/1", State = ConversationState.Opened, Upstream = new UpstreamScore(1, 0, 1) };

        var scored = SignalScoring.Score(turn, "My doctor says no. Where is my refund?", new Fixed(-1, 1), Gate)!;

        Assert.Null(scored.Observation);
        Assert.Equal(turn with { Topics = [], Link = null, Upstream = null }, scored.Signal);
        Assert.Null(SignalScoring.Score(turn with { Topics = ["hiv"], Score = new GivenScore(-1) }, null, new Fixed(-1, 1), Gate)!.Observation);
    }

    [Fact]
    public void Score_LinkThatNamesWhatIsNeverKept_IsDropped() =>
        Assert.Null(SignalScoring.Score(Turn with { Link = "https://forum.example/living-with-diabetes" }, "Refund!", new Fixed(-1, 1), Gate)!.Signal.Link);

    [Fact]
    public void Score_OtherKindsAboutWhatIsNeverKept_LeaveNothing()
    {
        var crm = new SourceId("acme/crm");
        Signal[] denied =
        [
            new SurveySignal { Source = crm, Answer = 1, ScaleMaximum = 5, Topics = ["trade union"] },
            new BehaviourSignal { Source = crm, Resource = "/help/1", Topics = ["pregnancy"] },
            new BehaviourSignal { Source = crm, Resource = "/help/pregnancy", Topics = ["delivery"] },
            new TraitSignal { Source = crm, Name = "x-note", Value = "gay" },
            new TraitSignal { Source = SourceId.Customer, Name = "like", Value = "church" },
            new CorrectionSignal { Source = crm, Topic = new TopicCorrection("debts") },
            new CorrectionSignal { Source = crm, Topic = new TopicCorrection("any words at all") },
            new CorrectionSignal { Source = crm, Trait = new TraitCorrection("x-note", "diabetes") },
        ];

        Assert.All(denied, signal => Assert.Null(SignalScoring.Score(signal, null, new Fixed(0, 0), Gate)));
    }

    [Fact]
    public void Score_WhatCustomersSayOfThemselves_IsTheirs() =>
        Assert.NotNull(SignalScoring.Score(new TraitSignal { Source = SourceId.Customer, Name = "situation", Value = "wheelchair" }, null, new Fixed(0, 0), Gate));

    [Fact]
    public void Score_BehaviourAndText_BringTopicsThatPass()
    {
        var behaviour = SignalScoring.Score(new BehaviourSignal { Topics = ["Refund", "my affair"] }, null, new Fixed(0, 0), Gate)!;
        var turn = SignalScoring.Score(Turn with { Topics = ["invoice", "my affair"] }, "Where is my refund?", new Fixed(0, 0), Gate, "en")!;

        Assert.Equal<string>(["refund"], ((BehaviourSignal)behaviour.Signal).Topics);
        Assert.Equal<string>(["invoice", "refund"], ((ConversationSignal)turn.Signal).Topics);
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
