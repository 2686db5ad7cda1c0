using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Topics;
using static CustomerContext.Domain.Signals.InteractionResult;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>What came of interactions: whose word counts, what it ends, and who sees it.</summary>
public sealed class OutcomeTests
{
    private static readonly DateTimeOffset _noon = Given.Noon;
    private static readonly TenantId _acme = new("acme");
    private static readonly ScoredSignal _question = Given.Turn("q", _noon.AddHours(-2), topics: "router");

    [Theory]
    [InlineData(Solved, "router", false)]
    [InlineData(Solved, "app router", false)]
    [InlineData(Solved, "app", true)]
    [InlineData(Solved, "", true)]
    [InlineData(GoesOn, "router", true)]
    [InlineData(NotSolved, "router", true)]
    public void Settle_WordOfTheCompany_AnswersWhatIsAboutNothingElse(InteractionResult result, string topics, bool waits)
    {
        var state = Given.State(_question, Given.Outcome("o", _noon.AddHours(-1), result, topics: topics.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal(waits, Waits(state));
        Assert.Equal(waits ? _noon.AddHours(-2) : null, Assert.Single(state.Seen(_noon).Conversations).WaitingSince);
        Assert.Equal(waits, OpenConversations.Of(state, _acme, _noon).Asked is not null);
    }

    [Theory]
    [InlineData(Solved, null)]
    [InlineData(NotSolved, Solved)]
    public void Settle_CustomersWord_NeitherOpensNorEndsWhatACompanyMaySeeDuringConversations(InteractionResult byCustomer, InteractionResult? byCompany)
    {
        ScoredSignal[] said = [_question, .. byCompany is { } result ? [Given.Outcome("o", _noon.AddHours(-1), result, topics: "router")] : Array.Empty<ScoredSignal>()];
        var word = Given.Outcome("o", _noon.AddMinutes(-5), byCustomer, source: SourceId.Customer, topics: "router");

        Assert.Equal(byCompany is null, OpenConversations.Of(Given.State([.. said, word]), _acme, _noon).Asked is not null);
    }

    [Fact]
    public void Settle_FiveMoreCallsSinceTheQuestionWasSolved_ItDoesNotWaitAgain()
    {
        var later = Enumerable.Range(1, 5).Select(i => Given.Outcome($"o{i}", _noon.AddMinutes(-i), GoesOn, interaction: $"later-{i}", topics: "billing"));

        Assert.False(Waits(Given.State([_question, Given.Outcome("o", _noon.AddHours(-1), Solved, topics: "router"), .. later])));
    }

    [Fact]
    public void Take_CustomersWordOnAnotherCompanysCalls_PushesNothingOut()
    {
        var others = Enumerable.Range(0, Limits.Customers.OutcomesKept).Select(i => Given.Outcome($"g{i}", _noon.AddMinutes(i), Solved, interaction: $"g-{i}", source: SourceId.Customer))
            .Select(one => one with { Signal = (OutcomeSignal)one.Signal with { Company = new TenantId("globex") } });

        Assert.Equal(Limits.Customers.OutcomesKept + 1, Given.State([Given.Outcome("o", _noon.AddHours(-1), NotSolved, source: SourceId.Customer), .. others]).Sources[0].Outcomes.Length);
    }

    [Fact]
    public void Settle_TwoTopicsAndOneSolved_StillWaits() =>
        Assert.True(Waits(Given.State(Given.Turn("q", _noon.AddHours(-2), topics: ["billing", "router"]), Given.Outcome("o", _noon, Solved, topics: "router"))));

    [Fact]
    public void Settle_CustomerSaysOtherwise_WaitsAgainSinceItWasAsked()
    {
        var agent = Given.Outcome("o", _noon.AddHours(-1), Solved, topics: "router");
        var customer = Given.Outcome("o", _noon.AddMinutes(-5), NotSolved, source: SourceId.Customer, topics: "router");

        Assert.False(Waits(Given.State(_question, agent)));
        Assert.Equal(_noon.AddHours(-2), Assert.Single(Items(Given.State(_question, agent, customer))).Since);
        Assert.Equal(_noon.AddHours(-2), Assert.Single(Items(Given.State(customer, agent, _question))).Since);
    }

    [Fact]
    public void Settle_AskedAgainLater_IsAQuestionOfItsOwn()
    {
        var state = Given.State(_question, Given.Outcome("o", _noon.AddHours(-1), Solved, topics: "router"), Given.Turn("again", _noon.AddMinutes(-3), topics: "router"));

        var item = Assert.Single(Items(state));
        Assert.Equal((_noon.AddMinutes(-3), _noon.AddHours(-1).ToUnixTimeMilliseconds()), (item.Since, item.AnsweredAt));
    }

    [Fact]
    public void Settle_OfAnotherCompany_EndsNothing() =>
        Assert.True(Waits(Given.State(_question, Given.Outcome("o", _noon, Solved, source: new SourceId("globex/forum"), topics: "router"))));

    [Fact]
    public void Settle_PromiseIsKept_IdeaStays()
    {
        var promise = Given.Turn("p", _noon.AddHours(-3), role: Role.Agent, state: ConversationState.Promised, conversation: "c2", topics: "router");
        promise = promise with { Signal = (ConversationSignal)promise.Signal with { PromisedUntil = _noon.AddHours(-2) } };
        var idea = Given.Turn("i", _noon.AddHours(-3), state: ConversationState.Proposed, conversation: "c3", topics: "router");

        Assert.Equal([AttentionKind.Idea], Items(Given.State(promise, idea, Given.Outcome("o", _noon, Solved, topics: "router"))).Select(item => item.Kind));
    }

    [Fact]
    public void Settle_ConversationFromBeforeTheView_IsNotShownByIt()
    {
        var state = Given.State(_question, Given.Outcome("o", _noon.AddMinutes(-10), Solved, topics: "router"));

        var seen = state.Seen(_noon, Given.View(_noon.AddHours(-1), "acme"));

        Assert.Empty(seen.Conversations);
        Assert.Single(seen.Outcomes);
    }

    [Fact]
    public void Outcomes_BothWords_StandBesideEachOtherAndTheLatestCounts()
    {
        var state = Given.State(
            Given.Outcome("a", _noon.AddHours(-3), GoesOn, topics: "router"),
            Given.Outcome("b", _noon.AddHours(-2), Solved),
            Given.Outcome("c", _noon.AddHours(-1), NotSolved, source: SourceId.Customer));

        var outcome = Assert.Single(state.Seen(_noon).Outcomes);

        Assert.Equal((Solved, NotSolved, NotSolved), (outcome.ByCompany, outcome.ByCustomer, outcome.Result));
        Assert.Equal(_noon.AddHours(-1).ToUnixTimeMilliseconds(), outcome.At.At);
        Assert.Empty(outcome.Topics); // the company's later word took the place of the one that named some
    }

    [Fact]
    public void Outcomes_CustomersWord_IsSeenByNobodyWhoSeesNothingOfThatCompany()
    {
        var state = Given.State(Given.Outcome("c", _noon, NotSolved, source: SourceId.Customer));

        Assert.Single(state.Seen(_noon.AddMinutes(1), Given.View(DateTimeOffset.MinValue, "acme")).Outcomes);
        Assert.Empty(state.Seen(_noon.AddMinutes(1), Given.View(DateTimeOffset.MinValue, "globex")).Outcomes);
        Assert.Single(state.Seen(_noon.AddMinutes(1), ContextView.Whole(SourceScope.Of([], [SourceId.Customer]))).Outcomes); // the customer, who lets that company keep nothing
    }

    [Fact]
    public void Outcomes_WithoutConversations_AreCut()
    {
        var snapshot = Given.State(Given.Outcome("o", _noon, Solved)).Seen(_noon.AddMinutes(1));

        Assert.Single(ScoreCut.Of(snapshot, FacetSet.Of(Facet.Conversations)).Outcomes);
        Assert.Empty(ScoreCut.Of(snapshot, FacetSet.Of(Facet.Sentiment, Facet.Attention)).Outcomes);
    }

    [Fact]
    public void Take_OneMoreThanThereIsRoomFor_TheOldestGoes()
    {
        var words = Enumerable.Range(0, Limits.Customers.OutcomesKept + 1).Select(i => Given.Outcome($"o{i}", _noon.AddMinutes(i), Solved, interaction: $"call-{i}")).ToArray();

        Assert.Equal(Limits.Customers.OutcomesKept, Given.State(words[1..]).Sources[0].Outcomes.Length);
        Assert.Equal(Enumerable.Range(1, Limits.Customers.OutcomesKept).Reverse().Select(i => $"call-{i}"), Given.State(words.Reverse()).Sources[0].Outcomes.Select(said => said.Interaction));
        Assert.Equal(Limits.Customers.Outcomes, Given.State(words).Seen(_noon.AddHours(1)).Outcomes.Length);
    }

    [Fact]
    public void Outcomes_AfterNinetyDays_AreGone()
    {
        var state = Given.State(Given.Outcome("o", _noon, Solved));

        Assert.Single(state.Seen(_noon.AddDays(90).AddMinutes(-1)).Outcomes);
        Assert.Empty(state.Seen(_noon.AddDays(90)).Outcomes);
        Assert.Empty(state.With(Given.Trait("t", _noon.AddDays(90).AddMinutes(6), "situation", "moving")).Sources[0].Outcomes);
    }

    [Theory]
    [InlineData("", Solved, "outcome.interaction_id")]
    [InlineData("c", (InteractionResult)0, "outcome.result")]
    [InlineData("c", (InteractionResult)4, "outcome.result")]
    [InlineData("c", NotSolved, null)]
    public void Check_Outcome_NamesTheField(string interaction, InteractionResult result, string? field)
    {
        var signal = Given.Outcome("o", _noon, result, interaction: interaction).Signal;

        Assert.Equal(field, SignalRules.Check(signal, _noon)?.Field);
    }

    [Theory]
    [InlineData(64, 8, null)]
    [InlineData(65, 8, "outcome.interaction_id")]
    [InlineData(64, 9, "outcome.topics")]
    public void Check_Outcome_AtAndPastTheLimits(int characters, int topics, string? field)
    {
        var signal = Given.Outcome("o", _noon, Solved, interaction: new string('i', characters), topics: [.. Enumerable.Repeat("router", topics)]).Signal;

        Assert.Equal(field, SignalRules.Check(signal, _noon)?.Field);
    }

    [Fact]
    public void Score_DeniedTopic_LeavesTheWordWithoutTopics()
    {
        var signal = (OutcomeSignal)Given.Outcome("o", _noon, Solved, topics: ["router", "diabetes"]).Signal;

        Assert.Empty(((OutcomeSignal)SignalScoring.Score(signal, null, null!, TopicGate.OfTenant([]))!.Signal).Topics);
        Assert.Equal("router", Assert.Single(((OutcomeSignal)SignalScoring.Score(signal with { Topics = ["Router"] }, null, null!, TopicGate.OfTenant([]))!.Signal).Topics));
    }

    private static bool Waits(CustomerState state) => Items(state).Length > 0;

    private static AttentionItem[] Items(CustomerState state) => [.. AttentionView.Of(state, Given.All, _acme, Domain.Tests.Attention.Given.Standard, _noon)];
}
