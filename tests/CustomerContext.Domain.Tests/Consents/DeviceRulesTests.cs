using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class DeviceRulesTests
{
    [Fact]
    public void GivenBy_ThisCallOfSeveralSources_TheCompanysOwnAlone()
    {
        var asked = Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1") with { Sources = SourceScope.Of([Acme, Globex], [SourceId.Customer]), ShowWhere = true };

        var given = DeviceRules.GivenBy(Request(asked));

        Assert.Equal(SourceScope.OwnOf(Acme), given!.Sources);
        Assert.False(given.ShowWhere);
        Assert.Equal((GrantWhen.ThisCallOnly, asked.Facets), (given.When, given.Facets));
    }

    [Theory]
    [InlineData(GrantWhen.AnyTime)]
    [InlineData(GrantWhen.DuringMyConversations)]
    public void GivenBy_WhatReachesBeyondTheCall_Nothing(GrantWhen when) =>
        Assert.Null(DeviceRules.GivenBy(Request(Terms(when: when) with { Sources = SourceScope.OwnOf(Acme) })));

    [Fact]
    public void GivenBy_OthersSourcesOrNoInteraction_Nothing()
    {
        var asked = Terms(when: GrantWhen.ThisCallOnly, interaction: "call-1") with { Sources = SourceScope.OwnOf(Acme) };

        Assert.Null(DeviceRules.GivenBy(Request(asked with { Sources = SourceScope.OwnOf(Globex) })));
        Assert.Null(DeviceRules.GivenBy(Request(asked) with { Interaction = null }));
    }

    private static WaitingRequest Request(GrantTerms terms) => new("id", Acme, terms, "call-1", Now, Now.AddHours(1));
}
