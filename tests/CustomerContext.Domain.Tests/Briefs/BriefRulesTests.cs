using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Briefs;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;
using CustomerContext.Domain.Wording;
using static CustomerContext.Domain.Tests.Briefs.Given;
using static CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Briefs;

/// <summary>What the brief says, and what it does not.</summary>
public sealed class BriefRulesTests
{
    private static readonly CustomerState _waiting = State(
        [.. Unhappy("b", "router"), Turn("w", Noon.AddHours(-17), -700, conversation: "c9", state: ConversationState.Opened, topics: ["router", "answer"])]);

    [Theory]
    [InlineData(Language.English, "Unhappy; waiting 17 hours for an answer about router.")]
    [InlineData(Language.German, "Unzufrieden; wartet seit 17 Stunden auf eine Antwort zum Thema Router.")]
    [InlineData(Language.French, "Mécontentement ; attend depuis 17 heures une réponse (sujet : routeur).")]
    public void Headline_FeelingAndAQuestion_SaysBoth(Language language, string expected) => Assert.Equal(expected, Headline(Shown(_waiting), language));

    [Fact]
    public void Headline_NothingWaits_FeelingIsAboutTheTopicThatGoesTheSameWay()
    {
        var shown = Shown(State([.. Unhappy("b", "router"), .. Happy("h", "e-bike")]));

        Assert.Equal("On their mind: e-bike.", Headline(shown));
        Assert.Equal((null, BriefPointKind.Ask, "Ask for details"), (Brief(shown).Headline.Feeling, Brief(shown).Points[0].Kind, Texts(shown)[0]));
        Assert.Equal("Unhappy about router.", Headline(Shown(State([.. Unhappy("b", "router"), .. Unhappy("d", "router")]))));
    }

    [Fact]
    public void Headline_OneConversationOnly_TellsNoFeeling()
    {
        var one = State(Enumerable.Range(0, 5).Select(i => Turn($"{i}", Noon.AddMinutes(-50 + i), -900, state: ConversationState.Closed, topics: "router")));

        Assert.Equal(SentimentWord.Unhappy, one.Seen(Noon).Sentiment.Word);
        Assert.Equal("On their mind: router.", Headline(Shown(one)));
    }

    [Fact]
    public void Headline_OneConversationAndTheirOwnWord_TellsTheFeeling() => Assert.Equal(
        "Unhappy.", Headline(Shown(State(Turn("1", Noon.AddHours(-1), 100, state: ConversationState.Closed), Correction("2", Noon.AddHours(-1), SourceId.Customer, score: -0.8)))));

    private static ScoredSignal Promise(string company, DateTimeOffset until)
    {
        var turn = Turn("p", Noon.AddDays(-1), role: Role.Agent, state: ConversationState.Promised, source: new SourceId($"{company}/crm"), topics: "router");
        return turn with { Signal = (ConversationSignal)turn.Signal with { PromisedUntil = until } };
    }

    [Fact]
    public void Headline_WithoutSentiment_SaysWhatWaits() => Assert.Equal(
        "Waiting 17 hours for an answer about router.", Headline(Shown(_waiting, FacetSet.Of(Facet.Conversations))));

    [Theory]
    [InlineData(-14, "On their mind: router.")]
    [InlineData(-15, "Waiting 15 minutes for an answer about router.")]
    [InlineData(-(14 * 24 * 60) + 1, "Waiting 13 days for an answer about router.")]
    [InlineData(-(14 * 24 * 60), "Nothing stands out.")]
    public void Headline_WaitsFromAQuarterOfAnHourToTwoWeeks_IsTold(int minutes, string expected) =>
        Assert.Equal(expected, Headline(Shown(State(Turn("1", Noon.AddMinutes(minutes), state: ConversationState.Opened, topics: "router")))));

    [Theory]
    [InlineData("customer", "Nothing to show: the sources that are granted hold nothing, and others are not granted.")]
    [InlineData("all", "Nothing is known that may be shown.")]
    public void Headline_NothingShown_SaysWhyFromTheTermsAlone(string sources, string expected)
    {
        var view = sources == "all" ? All : ContextView.Of([new SourceWindow(SourceScope.Of([], [SourceId.Customer]), DateTimeOffset.MinValue)]);

        Assert.Equal(expected, Headline(Shown(CustomerState.Empty, FacetSet.Of(Facet.TopOfMind, Facet.Situation), view)));
    }

    [Theory]
    [InlineData(Language.English, "Nothing waits for an answer.", "Worth knowing before you talk.")]
    [InlineData(Language.German, "Nichts wartet auf eine Antwort.", "Gut zu wissen vor dem Gespräch.")]
    [InlineData(Language.French, "Rien n'attend de réponse.", "Bon à savoir avant l'échange.")]
    public void Headline_OnlyASituation_IsNoPoint(Language language, string nothingWaits, string unknown)
    {
        var state = State(Trait("1", Noon, "wanted_outcome", "refund"));

        Assert.Equal(nothingWaits, Headline(Shown(state), language));
        Assert.Equal(unknown, Headline(Shown(state, FacetSet.Of(Facet.Situation)), language));
        Assert.Equal(unknown, Headline(Shown(state.With(Turn("2", Noon.AddMinutes(-5), state: ConversationState.Opened))), language));
    }

    [Theory]
    [InlineData(Language.English, "They say it is about: router.", "Ask for details")]
    [InlineData(Language.German, "Sagt, es geht um: Router.", "Nach Einzelheiten fragen")]
    [InlineData(Language.French, "Annonce comme sujet : routeur.", "Demander des précisions")]
    public void Headline_OnlyWhatTheCustomerSaidItIsAbout_IsTheirWord(Language language, string headline, string ask)
    {
        var shown = Shown(State(Turn("1", Noon.AddMinutes(-1), state: ConversationState.Closed, source: SourceId.Customer, topics: "router")));

        Assert.Equal((headline, ask), (Headline(shown, language), Assert.Single(Texts(shown, language))));
    }

    [Fact]
    public void Points_Everything_AreInTheOrderOfTheDesign()
    {
        var state = State(
        [
            .. Unhappy("b", "router"),
            Turn("q", Noon.AddDays(-2), conversation: "q", state: ConversationState.Opened, topics: ["invoice", "delay"]),
            Trait("1", Noon.AddDays(-3), "please_do_not", "call_before_noon"),
            Trait("2", Noon.AddDays(-3), "wanted_outcome", "refund"),
            Trait("3", Noon.AddDays(-3), "contact_preference", "email"),
            Trait("4", Noon.AddDays(-3), "situation", "moving"),
        ]);

        var points = Brief(Shown(state, groups: Around(MoodWord.Good))).Points;

        Assert.Equal(
            [BriefPointCode.PleaseDoNot, BriefPointCode.QuestionOverdue, BriefPointCode.WantedOutcome, BriefPointCode.ContactPreference, BriefPointCode.Situation],
            points.Select(point => point.Code));
        Assert.Equal(
            [BriefPointKind.DoNot, BriefPointKind.Do, BriefPointKind.Do, BriefPointKind.Do, BriefPointKind.Know],
            points.Select(point => point.Kind));
        Assert.All(points.Where(point => point.Kind is BriefPointKind.Do or BriefPointKind.DoNot), point => Assert.NotEqual(Provenance.Inferred, point.Provenance));
    }

    [Fact]
    public void Points_WhatOnlySaysWhatWaits_IsFoldedIntoTheMatter()
    {
        var state = State(
            Turn("1", Noon.AddHours(-2), conversation: "a", state: ConversationState.Closed, topics: ["delay", "router"]),
            Turn("2", Noon.AddHours(-1), conversation: "b", state: ConversationState.Closed, topics: ["e-bike"]),
            Turn("3", Noon.AddHours(-1), conversation: "b", state: ConversationState.Closed, topics: ["answer"]));

        var shown = Shown(state);

        Assert.Equal("On their mind: e-bike.", Headline(shown));
        Assert.Equal(["Ask for details", "Also on their mind: router (delayed), 2 hours ago"], Texts(shown));
        Assert.Equal(["Nach Einzelheiten fragen", "Beschäftigt außerdem: Router (verzögert), zuletzt vor 2 Stunden"], Texts(shown, Language.German));
    }

    [Fact]
    public void Points_AQuestionPutToSomebodyElse_IsToKnowAndNotToDo()
    {
        var state = State(Turn("1", Noon.AddDays(-3), conversation: "g", state: ConversationState.Opened, source: new SourceId("globex/forum"), topics: "invoice"));

        var point = Assert.Single(Brief(Shown(state)).Points);
        Assert.Equal((BriefPointKind.Know, BriefPointCode.QuestionOverdue), (point.Kind, point.Code));
        Assert.Equal(["Others owe them that answer"], Texts(Shown(state)));
    }

    [Theory]
    [InlineData("acme", BriefPointKind.Do, "Promised and not done: router, 3 hours over time", "Versprochen und nicht erledigt: Router, 3 Stunden über der Zeit", "Promis et pas fait : routeur, 3 heures de retard")]
    [InlineData("globex", BriefPointKind.Know, "Promised elsewhere and not done: router, 3 hours over time", "Anderswo versprochen und nicht erledigt: Router, 3 Stunden über der Zeit", "Promis ailleurs et pas fait : routeur, 3 heures de retard")]
    public void Points_PromiseThatWasNotKept_IsToldAndIsTheReadersToDo(string company, BriefPointKind kind, string english, string german, string french)
    {
        var state = State(Promise(company, Noon.AddHours(-3)));

        var point = Assert.Single(Brief(Shown(state)).Points);
        Assert.Equal((kind, BriefPointCode.PromiseOverdue, Facet.Attention), (point.Kind, point.Code, point.Facet));
        Assert.Equal([english, german, french], new[] { Language.English, Language.German, Language.French }.SelectMany(language => Texts(Shown(state), language)));
        Assert.Equal([BriefPointKind.Ask], Brief(Shown(State(Promise(company, Noon.AddMinutes(1))))).Points.Select(one => one.Kind));
        Assert.Equal([BriefPointKind.Ask], Brief(Shown(state, Everything.Except(FacetSet.Of(Facet.Attention)))).Points.Select(one => one.Kind));
    }

    [Fact]
    public void Points_QuestionOfATierWithAShortTime_IsOverdueThen()
    {
        var state = State(Trait("tier", Noon.AddDays(-30), "support_tier", "gold"), Turn("1", Noon.AddHours(-2), state: ConversationState.Opened, topics: "router"));
        var twoHours = new Attention.Given.Times(new AnswerTimes([new AnswerTime("gold", TimeSpan.FromHours(2), TimeSpan.Zero, TimeSpan.Zero)]));

        Assert.Equal(["Answer that first: it is overdue"], Texts(Shown(state, FacetSet.Of(Facet.Attention), times: twoHours)));
        Assert.Empty(Texts(Shown(state, FacetSet.Of(Facet.Attention))));
        Assert.Equal("Waiting 2 hours for an answer about router.", Headline(Shown(state, FacetSet.Of(Facet.Attention))));
    }

    [Fact]
    public void Points_ManyQuestionsWait_WhatTheCustomerSaidFindsRoom()
    {
        var state = State(
        [
            .. Enumerable.Range(1, 4).Select(i => Turn($"q{i}", Noon.AddDays(-i - 1), conversation: $"q{i}", state: ConversationState.Opened, topics: $"thing-{i}")),
            Promise("acme", Noon.AddHours(-3)),
            .. Enumerable.Range(0, 2).Select(i => Trait($"d{i}", Noon.AddHours(-i), "please_do_not", $"x{i}")),
            Trait("1", Noon.AddDays(-3), "wanted_outcome", "refund"),
            Trait("2", Noon.AddDays(-3), "contact_preference", "email"),
            Trait("3", Noon.AddDays(-3), "open_case", "y"),
        ]);

        Assert.Equal(
            [BriefPointCode.PleaseDoNot, BriefPointCode.PleaseDoNot, BriefPointCode.PromiseOverdue, BriefPointCode.WantedOutcome, BriefPointCode.ContactPreference],
            Brief(Shown(state)).Points.Select(point => point.Code));
        Assert.Equal(
            [BriefPointCode.PromiseOverdue, BriefPointCode.QuestionOverdue],
            Brief(Shown(state, Everything.Except(FacetSet.Of(Facet.Situation, Facet.TopOfMind, Facet.Sentiment)))).Points.Select(point => point.Code));
    }

    [Fact]
    public void Points_OnlyATopicAndHowToBeReachedAreKnown_DetailsAreAsked() => Assert.Equal(
        ["Best reached by: e-mail", "Ask for details"],
        Texts(Shown(State(Turn("1", Noon.AddHours(-2), state: ConversationState.Closed, topics: "router"), Trait("2", Noon, "contact_preference", "email")))));

    [Fact]
    public void Points_QuestionsAboutOneMatter_AreOneThatWaitsSinceTheFirst()
    {
        ScoredSignal Question(string id, int hours, string topic) => Turn(id, Noon.AddHours(-hours), conversation: id, state: ConversationState.Opened, topics: topic);
        var shown = Shown(State(Question("1", 5, "router"), Question("2", 72, "router"), Question("3", 80, "camera")), FacetSet.Of(Facet.Attention));

        Assert.Equal("Waiting 3 days for an answer about camera.", Headline(shown));
        Assert.Equal(["Answer that first: it is overdue", "Answer too: router, asked 3 days ago and overdue"], Texts(shown));
    }

    [Theory]
    [InlineData(Language.English, "Content; waiting 5 days for an answer about router.", "Answer that first: it is overdue", "Also waiting 3 hours: app")]
    [InlineData(Language.German, "Zufrieden; wartet seit 5 Tagen auf eine Antwort zum Thema Router.", "Das zuerst beantworten: Es ist überfällig", "Wartet außerdem seit 3 Stunden: App")]
    [InlineData(Language.French, "Satisfaction ; attend depuis 5 jours une réponse (sujet : routeur).", "Y répondre d'abord : c'est en retard", "Attend aussi depuis 3 heures : application")]
    public void Headline_OneQuestionIsOverdueAndALaterOneIsNot_NamesWhatIsOverdue(Language language, string headline, string first, string then)
    {
        var shown = Shown(State([
            .. Happy("h", "refund"),
            Turn("1", Noon.AddHours(-3), conversation: "1", state: ConversationState.Opened, topics: "app"),
            Turn("2", Noon.AddDays(-5), conversation: "2", state: ConversationState.Opened, topics: "router")]));

        Assert.Equal(headline, Headline(shown, language));
        Assert.Equal([first, then], Texts(shown, language).Take(2));
    }

    [Theory]
    [InlineData("warranty", Language.English, "About warranty: something is broken")]
    [InlineData("warranty", Language.German, "Zum Thema Garantie: etwas ist kaputt")]
    [InlineData("warranty", Language.French, "Sujet garantie : quelque chose est en panne")]
    [InlineData("e-bike", Language.English, "About e-bike: broken")]
    public void Points_ADefectSaidWithAService_IsNotTheServices(string matter, Language language, string expected)
    {
        var shown = Shown(State(Turn("1", Noon.AddHours(-20), state: ConversationState.Opened, topics: [matter, "defect"])));

        Assert.Equal([expected], Texts(shown, language));
    }

    [Fact]
    public void Points_UnhappyAndNobodySaidWhatTheyWant_DetailsAreAsked()
    {
        var unhappy = State([.. Unhappy("b", "invoice"), Trait("1", Noon, "contact_preference", "email")]);

        Assert.Equal("Unhappy about invoice.", Headline(Shown(unhappy)));
        Assert.Equal(["Best reached by: e-mail", "Ask for details"], Texts(Shown(unhappy)));
        Assert.Equal(["Best reached by: e-mail"], Texts(Shown(State([.. Happy("b", "invoice"), Trait("1", Noon, "contact_preference", "email")]))));
    }

    [Fact]
    public void Headline_MixedFeelingsThatGoNowhere_GiveWayToWhatIsOnTheirMind()
    {
        var mixed = State([.. Unhappy("b", "e-bike"), .. Happy("h", "e-bike"), .. Felt("m", "delivery", 0)]);

        Assert.Equal(SentimentWord.Mixed, mixed.Seen(Noon).Sentiment.Word);
        Assert.Equal("On their mind: e-bike.", Headline(Shown(mixed)));
        Assert.Contains("Ask for details", Texts(Shown(mixed)));
    }

    [Fact]
    public void Points_WhatSaysNothingOfTheMatterOrIsWantedAlready_IsNotSaidAgain()
    {
        var state = State(
            Turn("1", Noon.AddHours(-2), state: ConversationState.Opened, topics: ["router", "app"]),
            Turn("2", Noon.AddHours(-3), conversation: "c2", state: ConversationState.Closed, topics: "refund"),
            Trait("3", Noon, "wanted_outcome", "refund"));

        Assert.Equal("Waiting 2 hours for an answer about router.", Headline(Shown(state)));
        Assert.Equal(["Wants: a refund"], Texts(Shown(state)));
    }

    [Fact]
    public void Points_OnlyATopicIsKnownAndTheCustomerSaidWhatToDo_NothingIsAsked() => Assert.DoesNotContain(
        Brief(Shown(State(Turn("1", Noon.AddHours(-2), state: ConversationState.Closed, topics: "router"), Trait("2", Noon, "wanted_outcome", "refund")))).Points,
        point => point.Kind == BriefPointKind.Ask);

    [Fact]
    public void Points_FriendsOfTheOppositeMood_AreInWordsWithoutCounts() =>
        Assert.Contains("Their friends are in a good mood, unlike them", Texts(Shown(State(Unhappy("b", "router")), groups: Around(MoodWord.Good))));

    [Theory]
    [InlineData(MoodWord.Low)]
    [InlineData(MoodWord.Mixed)]
    public void Points_FriendsOfNoOppositeMood_AreNoPoint(MoodWord friends) => Assert.DoesNotContain(
        Brief(Shown(State(Unhappy("b", "router")), groups: Around(friends))).Points, point => point.Code == BriefPointCode.FriendsDiffer);

    [Fact]
    public void Points_WhatElseWasSaidOfTheMatter_StandsWithIt()
    {
        var state = State(Turn("1", Noon.AddHours(-2), state: ConversationState.Opened, topics: ["coffee-machine", "defect", "answer"]));

        Assert.Equal("Waiting 2 hours for an answer about coffee machine.", Headline(Shown(state)));
        Assert.Equal(["About coffee machine: broken"], Texts(Shown(state)));
    }

    [Fact]
    public void Points_ATribeWorthCare_IsNamed()
    {
        var release = new TribeRelease(2, Noon.AddHours(-1), Noon.AddDays(1), null, new CorrectedMood(-300, -400, -200), null, Direction.Falling, ["router"], 60, 80, []);
        var tribe = new JoinedTribe(new TribeId("photographers"), release, new TribeCare([TribeCareReason.MoodFell, TribeCareReason.UnansweredQuestion]));

        Assert.Contains("Take care: the mood of photographers fell, and it touches them", Texts(Shown(_waiting, groups: Around(null, tribe))));
    }

    [Fact]
    public void Points_MoodFellSinceTheLastContact_IsToAsk()
    {
        var calm = Enumerable.Range(2, 8).Select(day => Turn($"b{day}", Noon.AddDays(-day), 800, conversation: $"b{day}", state: ConversationState.Closed, topics: "jazz"));
        var angry = Enumerable.Range(0, 6).Select(i => Turn($"a{i}", Noon.AddDays(-1).AddMinutes(i), -900, conversation: $"a{i}", state: ConversationState.Opened, topics: "billing"));
        var state = State(calm.Concat(angry));

        Assert.Contains(Brief(Shown(state)).Points, point => point is { Kind: BriefPointKind.Ask, Code: BriefPointCode.MoodChanged, Value: "falling" });

        var done = state.With(Turn("z", Noon.AddMinutes(-5), null, conversation: "z", role: Role.Agent, state: ConversationState.Answered));
        Assert.DoesNotContain(Brief(Shown(done)).Points, point => point.Code == BriefPointCode.MoodChanged);
    }

    [Fact]
    public void Points_SixOfThem_FiveAreShownAndNoMoreThanTwoOfACode()
    {
        var state = State(
        [
            .. Enumerable.Range(0, 3).Select(i => Trait($"d{i}", Noon.AddHours(-i), "please_do_not", $"x{i}")),
            .. Enumerable.Range(0, 3).Select(i => Trait($"o{i}", Noon.AddHours(-i), "open_case", $"y{i}")),
            Trait("1", Noon.AddDays(-3), "wanted_outcome", "refund"),
            Trait("2", Noon.AddDays(-3), "situation", "moving"),
        ]);

        Assert.Equal(
            ["Please do not: x0", "Please do not: x1", "Wants: a refund", "Open case: y0", "Open case: y1"], Texts(Shown(state)));
    }

    [Theory]
    [InlineData(InteractionResult.NotSolved, -1, "router", "Not solved at the last contact 24 hours ago: router")]
    [InlineData(InteractionResult.GoesOn, -1, null, "The last contact 24 hours ago left something open")]
    [InlineData(InteractionResult.Solved, -1, "router", null)]
    [InlineData(InteractionResult.NotSolved, -14, "router", null)]
    public void Points_LastContactThatLeftSomething_IsToldFor14Days(InteractionResult result, int days, string? topic, string? text)
    {
        var state = State(Outcome("o", Noon.AddDays(days), result, topics: topic is null ? [] : [topic]));

        Assert.Equal(text is null ? [] : [text], Texts(Shown(state)));
        Assert.Empty(Texts(Shown(state, FacetSet.Of(Facet.Sentiment, Facet.Attention))));
        Assert.Empty(Texts(Shown(state, reader: new TenantId("globex"))));
    }

    [Theory]
    [InlineData(Language.English, "Could answer about router: Network team")]
    [InlineData(Language.German, "Könnte antworten zu Router: Network team")]
    [InlineData(Language.French, "Pourrait répondre sur routeur : Network team")]
    public void Points_SomebodyOfTheRosterCouldAnswer_IsTheLast(Language language, string text)
    {
        var state = State(Turn("q", Noon.AddHours(-3), conversation: "q", state: ConversationState.Opened, topics: "router"));
        var roster = new Roster([new RosterEntry("Network team", RosterKind.Employee, "", ["router"])]);

        Assert.Equal(text, Texts(Shown(state, roster: roster), language)[^1]);
        Assert.DoesNotContain(text, Texts(Shown(state), language));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    [InlineData(Language.French)]
    public void Words_OfTheLongestThings_StayWithinTheirBounds(Language language)
    {
        var topic = new string('t', Limits.Signals.TopicCharacters);
        var state = State(
        [
            .. Unhappy("b", topic),
            Turn("q", Noon.AddDays(-13), conversation: "q", state: ConversationState.Opened, topics: topic),
            Trait("1", Noon.AddDays(-3), "please_do_not", new string('v', Limits.Signals.TraitValueCharacters)),
            Trait("2", Noon.AddDays(-3), "wanted_outcome", new string('v', Limits.Signals.TraitValueCharacters)),
        ]);
        var roster = new Roster([new RosterEntry(new string('n', Limits.Attention.RosterCharacters), RosterKind.Employee, "", [topic])]);
        var left = State(Turn("q", Noon.AddHours(-1), conversation: "q", state: ConversationState.Opened, topics: topic), Outcome("o", Noon.AddDays(-13), InteractionResult.NotSolved, topics: topic));
        Assert.All(Texts(Shown(left, roster: roster), language), text => Assert.DoesNotContain("…", text, StringComparison.Ordinal));
        Assert.Contains(Texts(Shown(left, roster: roster), language), text => text.EndsWith('n'));

        Assert.InRange(Headline(Shown(state), language).Length, 1, Limits.Briefs.HeadlineCharacters);
        Assert.All(Texts(Shown(state), language), text =>
        {
            Assert.InRange(text.Length, 1, Limits.Briefs.TextCharacters);
            Assert.DoesNotContain("…", text, StringComparison.Ordinal);
        });
    }

    /// <summary>Two conversations that went badly.</summary>
    private static IEnumerable<ScoredSignal> Unhappy(string mark, string topic) => Felt(mark, topic, -900);

    private static IEnumerable<ScoredSignal> Happy(string mark, string topic) => Felt(mark, topic, 900);

    private static IEnumerable<ScoredSignal> Felt(string mark, string topic, int score) => Enumerable.Range(0, 2).Select(i =>
        Turn($"{mark}{i}", Noon.AddHours(-20 - i), score, conversation: $"{mark}{i}", state: ConversationState.Closed, topics: topic));
}
