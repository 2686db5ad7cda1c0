using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Tests.Customers;
using static CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Groups;

/// <summary>What a customer contributes, and when.</summary>
public sealed class VoiceTests
{
    [Fact]
    public void Of_NothingKnown_IsASilentMemberNotHeard()
    {
        var voice = Voice(CustomerState.Empty, Noon);

        Assert.Null(voice.Score);
        Assert.Equal(Stratum.Silent, voice.Stratum);
        Assert.Equal(long.MaxValue, voice.ChangesAt);
    }

    [Fact]
    public void Of_OneWeakMessage_IsItsScoreUnpulled()
    {
        var voice = Voice(State(Turn("1", Noon, 600, weight: 300)), Noon.AddDays(20));

        Assert.Equal(30, voice.Score);
        Assert.Equal((1, Stratum.Few), (voice.Posts, voice.Stratum));
    }

    [Theory]
    [InlineData(0, Stratum.Silent)]
    [InlineData(1, Stratum.Few)]
    [InlineData(4, Stratum.Few)]
    [InlineData(5, Stratum.Many)]
    public void Of_SoManyPosts_IsOfTheStratum(int posts, Stratum stratum) =>
        Assert.Equal(stratum, Voice(State(Enumerable.Range(0, posts).Select(i => Turn($"{i}", Noon.AddHours(i), conversation: $"c{i}"))), Noon.AddDays(1)).Stratum);

    [Fact]
    public void Of_AgentsTurnsAndSurveys_AreNoPosts() =>
        Assert.Equal(0, Voice(State(Turn("1", Noon, role: Domain.Signals.Role.Agent), Survey("2", Noon, 4)), Noon).Posts);

    [Fact]
    public void Of_PostsOlderThanThirteenWeeks_DoNotCount()
    {
        var state = State(Turn("1", Noon, 500));
        var lastWeek = (Noon.ToUnixTimeSeconds() / 604_800) + 13;

        Assert.Equal(1, Voice(state, DateTimeOffset.FromUnixTimeSeconds((lastWeek * 604_800) - 1)).Posts);
        Assert.Equal(0, Voice(state, DateTimeOffset.FromUnixTimeSeconds(lastWeek * 604_800)).Posts);
    }

    [Fact]
    public void Of_HeardThirtyDaysAgo_IsHeardNoMore()
    {
        var state = State(Turn("1", Noon, 500));
        var end = DateTimeOffset.FromUnixTimeSeconds(Voice(state, Noon).HeardUntil);

        Assert.Equal(Noon.Date.AddDays(30), end.UtcDateTime);
        Assert.Equal(25, Voice(state, end.AddSeconds(-1)).Score);
        Assert.Null(Voice(state, end).Score);
    }

    [Fact]
    public void Of_DeclaredAnswer_StandsBeforeTheScoreForNinetyDays()
    {
        var state = State(Survey("s", Noon, 5), Turn("1", Noon.AddDays(80), -800));

        Assert.Equal(50, Voice(state, Noon.AddDays(89)).Score);
        Assert.Equal(-40, Voice(state, Noon.AddDays(89)).PostScore);
        Assert.Equal(-40, Voice(state, Noon.AddDays(90)).Score);
    }

    [Fact]
    public void Of_CustomersOwnCorrection_BeatsALaterSurvey() =>
        Assert.Equal(-50, Voice(State(Correction("c", Noon, SourceId.Customer, score: -1), Survey("s", Noon.AddDays(1), 5)), Noon.AddDays(2)).Score);

    [Fact]
    public void Of_AgentsCorrection_IsNobodysVoice() => Assert.Null(Voice(State(Correction("c", Noon, Crm, score: -1)), Noon).Score);

    [Fact]
    public void Of_Topics_AreTheThreeHeaviest()
    {
        var state = State(_named.Select((topic, i) => Turn($"{i}", Noon.AddMinutes(i), source: SourceId.Customer, topics: topic)));

        Assert.Equal(["billing", "returns", "app"], Topics(state));
    }

    /// <summary>A company cannot fill what a tribe talks about with what it says of its own customers.</summary>
    [Fact]
    public void Of_TopicsThatOneCompanyAloneReports_OnlyTheHeaviest()
    {
        var alone = State(_named.Select((topic, i) => Turn($"{i}", Noon.AddMinutes(i), topics: topic)));
        var shared = State(_named.Select((topic, i) => Turn($"{i}", Noon.AddMinutes(i), topics: topic))
            .Append(Turn("other", Noon.AddMinutes(20), source: new SourceId("globex/crm"), topics: ["jazz", "tea"])));
        var own = State(_named.Select((topic, i) => Turn($"{i}", Noon.AddMinutes(i), topics: topic))
            .Append(Turn("mine", Noon.AddMinutes(20), source: SourceId.Customer, topics: "app")));

        Assert.Equal(["billing"], Topics(alone));
        Assert.Equal(["billing", "jazz", "tea"], Topics(shared));
        Assert.Equal(["app", "billing"], Topics(own));
    }

    private static readonly string[] _named = ["billing", "billing", "app", "jazz", "returns", "returns", "app", "billing"];

    private static IEnumerable<string> Topics(CustomerState state) => Voice(state, Noon.AddDays(3)).Topics.Select(topic => topic.Topic);

    [Theory]
    [MemberData(nameof(HistoryProperties.Seeds), MemberType = typeof(HistoryProperties))]
    public void Of_AnyHistory_ChangesByItselfOnlyWhenItSaid(int seed)
    {
        var state = State(Histories.Of(seed));
        var now = Noon;
        for (var step = 0; step < 40; step++)
        {
            var voice = Voice(state, now);
            var until = voice.ChangesAt == long.MaxValue ? now.AddDays(200) : DateTimeOffset.FromUnixTimeSeconds(voice.ChangesAt);
            foreach (var at in new[] { now.AddSeconds((until - now).TotalSeconds / 3), until.AddSeconds(-1) })
            {
                Assert.True(voice.Says(Voice(state, at)), $"{Text(voice)} at {now}; {Text(Voice(state, at))} at {at}");
            }

            now = until;
        }

        Assert.Null(Voice(state, now).Score);
    }

    [Fact]
    public void IsDue_SameAgain_OnlyWhenAboutToLapse()
    {
        var state = State(Turn("1", Noon, 500));
        var sent = ContributionRules.Send(Voice(state, Noon), null, Noon);

        Assert.True(ContributionRules.IsDue(sent.Voice, null, Noon));
        Assert.False(ContributionRules.IsDue(Voice(state, Noon.AddDays(6.9)), sent, Noon.AddDays(6.9)));
        Assert.Equal(Noon.AddDays(7), ContributionRules.CheckAt(sent.Voice, sent));
        Assert.True(ContributionRules.IsDue(Voice(state, Noon.AddDays(7)), sent, Noon.AddDays(7)));
    }

    [Fact]
    public void IsDue_QuantisedScoreMoved_AtOnceElseNot()
    {
        var state = State(Turn("1", Noon, 500));
        var sent = ContributionRules.Send(Voice(state, Noon), null, Noon);
        var hardly = Voice(State(Turn("1", Noon, 500), Survey("x", Noon.AddDays(-89), 4)), Noon);

        Assert.False(ContributionRules.IsDue(Voice(State(Turn("1", Noon, 505)), Noon), sent, Noon));
        Assert.False(ContributionRules.IsDue(hardly with { HeardUntil = sent.Voice.HeardUntil }, sent, Noon));
        Assert.True(ContributionRules.IsDue(Voice(State(Turn("1", Noon, 520)), Noon), sent, Noon));
    }

    [Fact]
    public void IsDue_HeardAgainTheSame_BeforeTheOldScoreLapses()
    {
        var sent = ContributionRules.Send(Voice(State(Turn("1", Noon, 500)), Noon), null, Noon.AddDays(25));
        var voice = Voice(State(Turn("1", Noon, 500), Turn("2", Noon.AddDays(10), 500)), Noon.AddDays(26)) with { Posts = 1 };
        var lapse = DateTimeOffset.FromUnixTimeSeconds(sent.Voice.HeardUntil);

        Assert.False(ContributionRules.IsDue(voice, sent, lapse.AddDays(-1).AddSeconds(-1)));
        Assert.True(ContributionRules.IsDue(voice, sent, lapse.AddDays(-1)));
    }

    [Fact]
    public void Send_ClockWentBack_NeverLapsesEarlierThanBefore()
    {
        var voice = Voice(CustomerState.Empty, Noon);
        var first = ContributionRules.Send(voice, null, Noon);

        Assert.Equal(first.FreshUntil, ContributionRules.Send(voice, first, Noon.AddMinutes(-5)).FreshUntil);
    }

    [Fact]
    public void Audiences_OfPreferences_AreServicePurposesAndTrends()
    {
        var preferences = Preferences.Off with
        {
            OfAge = true,
            Publish = true,
            Contribute = [new Purpose("service.support"), new Purpose("marketing.offer"), new Purpose("service.complaint")],
        };
        var consent = ConsentState.None with { Preferences = preferences };

        Assert.Equal(["publish", "service.complaint", "service.support"], ContributionRules.Audiences(consent).Select(audience => audience.Value));
        Assert.Empty(ContributionRules.Audiences(consent with { PausedAt = Noon }));
        Assert.Empty(ContributionRules.Audiences(consent with { Preferences = preferences with { OfAge = false } }));
    }

    private static Voice Voice(CustomerState state, DateTimeOffset now) => VoiceRules.Of(state, InfluenceState.Empty, now);
}
