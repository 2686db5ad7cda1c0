using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Help;

/// <summary>Which pages are kept, when one helped, and what a customer contributes of it.</summary>
public sealed class ReadingTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;

    [Theory]
    [InlineData("https://help.example.org/reset?customer=7#top", "https://help.example.org/reset")]
    [InlineData("https://HELP.example.org/a%20b/", "https://help.example.org/a%20b/")]
    [InlineData("http://help.example.org/reset", null)]
    [InlineData("https://help.example.org:8443/reset", null)]
    [InlineData("https://me:secret@help.example.org/reset", null)]
    [InlineData("https://help.example.org.evil.example/reset", null)]
    [InlineData("https://other.example.org/reset", null)]
    [InlineData("/help/reset", null)]
    [InlineData("https://help.example.org/u/anna@example.org", null)]
    [InlineData("https://help.example.org/reset;session=1", null)]
    public void Fill_Resource_KeepsHostAndPathOfListedHostsOnly(string resource, string? kept)
    {
        var hosts = new HelpHosts(System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new Dictionary<string, TenantId> { ["help.example.org"] = Given.Acme }));
        var filled = (BehaviourSignal)hosts.Fill(new ScoredSignal(new BehaviourSignal { Resource = resource, Action = BehaviourAction.View }, null)).Signal;

        Assert.Equal(kept is null ? null : new KeptPage(Given.Acme, kept), filled.Page);
        Assert.Equal(resource, filled.Resource);
    }

    [Theory]
    [InlineData(BehaviourAction.Dwell, 0, true)]
    [InlineData(BehaviourAction.Bookmark, 0, true)]
    [InlineData(BehaviourAction.Return, 0, true)]
    [InlineData(BehaviourAction.Helped, 0, true)]
    [InlineData(BehaviourAction.DidNotHelp, 0, false)]
    [InlineData(BehaviourAction.DidNotHelp, 80, false)]
    [InlineData(BehaviourAction.View, 71, false)]
    [InlineData(BehaviourAction.View, 72, true)]
    [InlineData(BehaviourAction.Scroll, 71, false)]
    [InlineData(BehaviourAction.Search, 72, true)]
    public void Of_OneSignal_HelpedAtOnceOrAfterThreeQuietDays(BehaviourAction action, int hours, bool helped) =>
        Assert.Equal(helped ? ["router reset"] : [], Given.Helped(Given.State(Given.Read("1", Noon, action)), Noon.AddHours(hours)));

    [Theory]
    [InlineData(71, "router", ConversationState.Replied, false)]
    [InlineData(73, "router", ConversationState.Replied, true)]
    [InlineData(-1, "router", ConversationState.Replied, true)]
    [InlineData(71, "refund", ConversationState.Replied, true)]
    [InlineData(71, "router", ConversationState.Thanked, true)]
    public void Of_FurtherQuestion_MeansThatItDidNotHelp(int hours, string topic, ConversationState state, bool helped)
    {
        var question = Customers.Given.Turn("q", Noon.AddHours(hours), state: state, topics: topic);

        Assert.Equal(helped, Given.Helped(Given.State(Given.Read("1", Noon), question), Noon.AddDays(4)).Length == 1);
    }

    [Theory]
    [InlineData(InteractionResult.Solved, 1, "router", BehaviourAction.View, true)]
    [InlineData(InteractionResult.Solved, 1, "refund", BehaviourAction.View, false)]
    [InlineData(InteractionResult.Solved, -1, "router", BehaviourAction.View, false)]
    [InlineData(InteractionResult.NotSolved, 1, "router", BehaviourAction.Dwell, false)]
    [InlineData(InteractionResult.GoesOn, 72, "router", BehaviourAction.Dwell, false)]
    [InlineData(InteractionResult.GoesOn, 73, "router", BehaviourAction.Dwell, true)]
    [InlineData(InteractionResult.NotSolved, 1, "refund", BehaviourAction.Dwell, true)]
    public void Of_OutcomeOfAnInteraction_SaysAtOnceWhetherTheMatterWasSolved(InteractionResult result, int hours, string topic, BehaviourAction action, bool helped)
    {
        var outcome = Customers.Given.Outcome("o", Noon.AddHours(hours), result, topics: topic);

        // A page that was only opened helps after 3 days if nothing is said: so it is looked at before.
        var now = action == BehaviourAction.View ? Noon.AddHours(2) : Noon.AddDays(4);
        Assert.Equal(helped, Given.Helped(Given.State(Given.Read("1", Noon, action), outcome), now).Length == 1);
    }

    [Fact]
    public void Of_CustomersWordAfterTheAgents_CountsNot()
    {
        ScoredSignal[] said =
        [
            Given.Read("1", Noon),
            Customers.Given.Outcome("a", Noon.AddHours(1), InteractionResult.Solved, topics: "router"),
            Customers.Given.Outcome("c", Noon.AddHours(2), InteractionResult.NotSolved, source: SourceId.Customer, topics: "router"),
        ];

        Assert.Single(Given.Helped(Given.State(said[..2]), Noon.AddDays(4)));
        Assert.Single(Given.Helped(Given.State(said), Noon.AddDays(4)));
    }

    [Theory]
    [InlineData("acme/chat", false)]
    [InlineData("globex/chat", true)]
    [InlineData("customer", true)]
    public void Of_FurtherQuestion_LooksOnlyAtWhatTheyWroteToThatCompany(string source, bool helped)
    {
        var question = Customers.Given.Turn("q", Noon.AddHours(1), source: new SourceId(source), topics: "router");

        Assert.Equal(helped, Given.Helped(Given.State(Given.Read("1", Noon), question), Noon.AddDays(4)).Length == 1);
    }

    [Fact]
    public void Of_OwnWordsAlone_CountOnlyForPagesThatTheCompanyToldOf()
    {
        var own = Given.Read("1", Noon, BehaviourAction.Helped, source: SourceId.Customer);

        Assert.Empty(Given.Helped(Given.State(own), Noon.AddDays(1)));
        Assert.Equal(["router reset"], Given.Helped(Given.State(own, Given.Read("2", Noon, BehaviourAction.View)), Noon.AddDays(1)));
    }

    [Fact]
    public void Of_WhatWasSaidLast_WinsOverSignsAndFurtherQuestions()
    {
        var (no, yes) = (Given.Read("no", Noon.AddHours(1), BehaviourAction.DidNotHelp), Given.Read("yes", Noon.AddHours(2), BehaviourAction.Helped, source: SourceId.Customer));
        var question = Customers.Given.Turn("q", Noon.AddHours(3), topics: "router");

        Assert.Empty(Given.Helped(Given.State(Given.Read("1", Noon), no), Noon.AddDays(1)));
        Assert.Equal(["router reset"], Given.Helped(Given.State(Given.Read("1", Noon), no, yes, question), Noon.AddDays(1)));
    }

    [Fact]
    public void Of_OneReader_CountsForThreeAndForgetsAfterNinetyDays()
    {
        var state = Given.State(Enumerable.Range(0, 5).Select(i => Given.Read($"{i}", Noon.AddMinutes(i), page: $"p{i}")));

        Assert.Equal(["router p4", "router p3", "router p2"], Given.Helped(state, Noon.AddHours(1)));
        Assert.Equal(["router p4"], Given.Helped(state, Noon.AddDays(90).AddMinutes(3)));
        Assert.Empty(Given.Helped(state, Noon.AddDays(90).AddMinutes(4)));
    }

    [Fact]
    public void Of_ChangesByItself_OnlyWhenItSays()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 200; trial++)
        {
            var state = Given.State(Signals(random));
            var now = Noon.AddHours(random.Next(0, 100 * 24));
            foreach (var reading in ReadingRules.Of(state, now).Where(reading => reading.ChangesAt < long.MaxValue))
            {
                var before = ReadingRules.Of(state, DateTimeOffset.FromUnixTimeSeconds(reading.ChangesAt - 1)).Single(one => one.Company == reading.Company);
                Assert.Equal(reading.Helped.ToArray(), before.Helped.ToArray());
            }
        }
    }

    [Fact]
    public void Take_AnyOrder_SamePages()
    {
        var random = new Random(8);
        for (var trial = 0; trial < 200; trial++)
        {
            var signals = Signals(random);
            var pages = Given.State(signals).Sources.Select(source => Customers.Given.Text(source.Pages));
            random.Shuffle(signals);
            Assert.Equal(pages, Given.State(signals).Sources.Select(source => Customers.Given.Text(source.Pages)));
        }
    }

    [Fact]
    public void Take_OneMoreThanThereIsRoomFor_TheOneReadLongestAgoGoes()
    {
        var state = Given.State(Enumerable.Range(0, Limits.Help.Pages + 1).Select(i => Given.Read($"{i}", Noon.AddMinutes(i), page: $"p{i:d2}")));

        var pages = Assert.Single(state.Sources).Pages;
        Assert.Equal(Limits.Help.Pages, pages.Length);
        Assert.DoesNotContain(pages, page => page.Address.EndsWith("p00", StringComparison.Ordinal));
    }

    [Fact]
    public void Decide_YesThenNo_OnePlaceThatLeavesAboveAllThatWasSent()
    {
        var state = Given.State(Given.Read("1", Noon));
        var none = Decide(TiesState.Empty, 1, contributes: false, state);
        var sent = Decide(TiesState.Empty, 1, contributes: true, state);
        var told = ReadersOutboxRules.Acknowledged(ReadersOutboxRules.Placed(sent, Given.Acme, 0), Given.Acme, Assert.Single(sent.Outbox.Readings).Due);
        var left = Decide(told, 2, contributes: false, state);

        Assert.Same(TiesState.Empty, none);
        Assert.True(sent.Outbox is { IsPending: true, IsLeaving: false });
        Assert.Same(told, Decide(told, 1, contributes: true, state));
        var place = Assert.Single(left.Outbox.Readings);
        Assert.True(place is { Sent: null, IsPending: true, Shard: 0 } && left.Outbox.IsLeaving);
        Assert.True(place.Due > told.Outbox.Readings[0].Due);
        Assert.Empty(ReadersOutboxRules.Acknowledged(left, Given.Acme, place.Due).Outbox.Readings);
    }

    [Fact]
    public void Decide_PausedOrNothingHelpedAnyMore_Leaves()
    {
        var state = Given.State(Given.Read("1", Noon));
        var sent = Decide(TiesState.Empty, 1, contributes: true, state);
        var paused = Given.Consent(2, true) with { PausedAt = Noon };

        Assert.True(ReadersOutboxRules.Decide(sent, paused, () => ReadingRules.Of(state, Noon), Noon).Outbox.IsLeaving);
        Assert.True(ReadersOutboxRules.Decide(sent, Given.Consent(1, true), () => [], Noon).Outbox.IsLeaving);
    }

    [Fact]
    public void Preferences_ContributeReading_IsAYesThatNeedsAgeAndIsTakenBackAtOnce()
    {
        var yes = Preferences.Off with { OfAge = true, ContributeReading = true };
        var young = ConsentRules.SetPreferences(ConsentState.None, new SetPreferences("1", yes with { OfAge = false }));
        var given = ConsentRules.SetPreferences(ConsentState.None, new SetPreferences("1", yes)).Value!.State;
        var taken = ConsentRules.SetPreferences(given, new SetPreferences("2", yes with { ContributeReading = false })).Value!.State;

        Assert.False(Preferences.Off.ContributeReading);
        Assert.Equal(RefusalReason.NotOfAge, young.Refusal!.Reason);
        Assert.Equal([new Withdrawal(WithdrawalKind.Preferences)], WithdrawalRules.Between(given, taken).ToArray());
    }

    private static TiesState Decide(TiesState ties, long epoch, bool contributes, CustomerState state) =>
        ReadersOutboxRules.Decide(ties, Given.Consent(epoch, contributes), () => ReadingRules.Of(state, Noon), Noon);

    private static ScoredSignal[] Signals(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(1, 12)).Select(i => Given.Read(
            $"{i}",
            Noon.AddMinutes(random.Next(3_000)),
            (BehaviourAction)random.Next(1, 9),
            $"p{random.Next(4)}",
            random.Next(3) == 0 ? SourceId.Customer : null,
            random.Next(2) == 0 ? "router" : "refund")),
    ];
}
