using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Attention;

/// <summary>Who is on a company's list of contacts, and who is asked.</summary>
public sealed class ContactTests
{
    private static readonly CustomerKey _me = new("aa");
    private static readonly TenantId _acme = new("acme");
    private static readonly DateTimeOffset _now = Given.Monday;

    [Theory]
    [InlineData(-5_000, 0)]
    [InlineData(1_000, 0)]
    [InlineData(1_001, 1)]
    [InlineData(2_000, 1_000)]
    [InlineData(4_000, 1_000)]
    public void AskedFor_WhatIsLeftOfTheCallersTime_LeavesRoomForTheAnswers(int left, int expected) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expected), ContactRules.AskedFor(TimeSpan.FromMilliseconds(left)));

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    [InlineData("young", false)]
    [InlineData("alone", false)]
    [InlineData("paused", false)]
    [InlineData("linked", false)]
    public void MayBeContacted_AnyPreferences_OnlyWithTheYesAndNothingThatStopsIt(string how, bool may)
    {
        var preferences = Preferences.Off with { OfAge = how != "young", MayBeContacted = how != "no", LeaveMeAlone = how == "alone" };
        var consent = ConsentState.None with { Preferences = preferences, PausedAt = how == "paused" ? _now : null, Merge = how == "linked" ? new Merge(new CustomerKey("bb"), "k", _now) : null };

        Assert.Equal(may, ContactRules.MayBeContacted(consent));
        Assert.False(Preferences.Off.MayBeContacted);
    }

    [Theory]
    [InlineData(GrantWhen.AnyTime, Facet.Influence, 1, true)]
    [InlineData(GrantWhen.AnyTime, Facet.Attention, 1, false)]
    [InlineData(GrantWhen.DuringMyConversations, Facet.Influence, 1, false)]
    [InlineData(GrantWhen.AnyTime, Facet.Influence, -1, false)]
    public void Companies_AnyGrant_OnlyThoseThatMaySeeTheInfluenceAtAnyTime(GrantWhen when, Facet facet, int days, bool isThere)
    {
        var yes = Preferences.Off with { OfAge = true, MayBeContacted = true };
        var state = ConsentRules.SetPreferences(ConsentState.None, new SetPreferences("p", yes)).Value!.State;
        var terms = new GrantTerms([new Purpose("service.support")], FacetSet.Of(facet), SourceScope.None, null, _now.AddDays(2), when, Owners: SourceOwners.Own);
        state = ConsentRules.CreateGrant(state, _me, new CreateGrant("g", _acme, terms), _now).Value!.State;

        Assert.Equal(isThere ? [_acme] : [], ContactRules.Companies(state, _now.AddDays(days > 0 ? 1 : 3)).ToArray());
        Assert.Empty(ContactRules.Companies(state with { Preferences = yes with { MayBeContacted = false } }, _now));
    }

    [Fact]
    public void TopicsOf_Influence_TheFourWhereTheVoiceCountsMost()
    {
        var influence = new InfluenceRelease([.. "abcdef".Select((name, i) => new TopicInfluence($"{name}", 100 + i, 1, 1, 1))], 1, 2);

        Assert.Equal(["c", "d", "e", "f"], ContactRules.TopicsOf(influence).Select(topic => topic.Topic));
    }

    [Fact]
    public void Put_AgainOrWithoutTopics_ReplacesAndRemoves()
    {
        var one = ContactRules.Put(Contacts.Nobody, Contact("b", ("router", 5)));
        var two = ContactRules.Put(one, Contact("a", ("app", 9)));

        Assert.Equal(["a", "b"], two.All.Select(contact => contact.Customer.Value));
        Assert.Same(two, ContactRules.Put(two, Contact("b", ("router", 5))));
        Assert.Equal(7, ContactRules.Put(two, Contact("b", ("router", 7))).All[1].Topics[0].Score);
        Assert.Equal(["a"], ContactRules.Put(two, Contact("b")).All.Select(contact => contact.Customer.Value));
        Assert.Same(Contacts.Nobody, ContactRules.Put(Contacts.Nobody, Contact("b")));
    }

    [Fact]
    public void Put_OneMoreThanThereIsRoomFor_WhoseVoiceCountsLeastGoes()
    {
        var full = new Contacts([.. Enumerable.Range(0, Limits.Attention.Contacts).Select(i => Contact($"{i:x4}", ("router", 10 + i)))]);

        var next = ContactRules.Put(full, Contact("ffff", ("app", 500)));

        Assert.Equal(Limits.Attention.Contacts, next.All.Length);
        Assert.DoesNotContain(next.All, contact => contact.Customer.Value == "0000");
        Assert.Equal("ffff", next.All[^1].Customer.Value);
        Assert.Same(full, ContactRules.Put(full, Contact("ffff", ("app", 9))));
    }

    [Fact]
    public void Find_Topics_WhoseVoiceCountsMostFirstAndNotWhoAsks()
    {
        var contacts = new Contacts([Contact("a", ("app", 900), ("router", 100)), Contact("b", ("router", 300)), Contact("c", ("billing", 999)), Contact("d", ("router", 200))]);

        Assert.Equal(["b", "a"], ContactRules.Find(contacts, ["router"], new CustomerKey("d")).Select(customer => customer.Value));
        Assert.Empty(ContactRules.Find(contacts, [], new CustomerKey("d")));
        var many = new Contacts([.. Enumerable.Range(0, 20).Select(i => Contact($"{i:x2}", ("router", 10 + i)))]);
        Assert.Equal(Limits.Attention.ContactsAsked, ContactRules.Find(many, ["router"], _me).Length);
    }

    [Fact]
    public void Counts_Standings_TheHighestOnOneOfTheTopics()
    {
        (string, Standing)[] standings = [("app", Standing.LeadingVoice), ("billing", Standing.Everyone), ("router", Standing.ListenedTo)];

        Assert.Equal(new ContactAnswer("router", Standing.ListenedTo), ContactRules.Counts(standings, ["billing", "router"]));
        Assert.Equal(new ContactAnswer("app", Standing.LeadingVoice), ContactRules.Counts(standings, ["app", "router"]));
        Assert.Equal(default, ContactRules.Counts(standings, ["billing"]));
    }

    private static Contact Contact(string customer, params (string Topic, int Score)[] topics) =>
        new(new CustomerKey(customer), [.. topics.Select(topic => new ContactTopic(topic.Topic, topic.Score))]);
}
