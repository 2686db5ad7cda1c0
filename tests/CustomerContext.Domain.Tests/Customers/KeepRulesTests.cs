using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>What the customer takes back or corrects is kept whatever they have stopped; nothing else is.</summary>
public sealed class KeepRulesTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;
    private static readonly ConsentState Open = Ties.Given.Consent(1);
    private static readonly ConsentState Paused = Open with { PausedAt = Noon };
    private static readonly ConsentState Uncollected = Open with { Preferences = Open.Preferences with { Collect = SourceScope.Of([new TenantId("acme")], []) } };
    private static readonly MembershipSignal Left = Ties.Given.Joined("e-bikers", 1, TieChange.Ended);
    private static readonly CustomerState Known = Given.State(Given.Trait("1", Noon, "please_do_not", "sell", SourceId.Customer));

    [Fact]
    public void Keeps_WhilePaused_OnlyWhatTheCustomerTakesBackOrCorrects()
    {
        Assert.True(Keeps(Paused, Left));
        Assert.True(Keeps(Paused, Given.Trait("2", Noon, "please_do_not", "", SourceId.Customer)));
        Assert.True(Keeps(Paused, Given.Trait("3", Noon, "please_do_not", "sell", SourceId.Customer)));
        Assert.True(Keeps(Paused, Given.Correction("4", Noon, SourceId.Customer, trait: new TraitCorrection("situation", ""))));

        Assert.False(Keeps(Paused, Ties.Given.Joined("e-bikers", 1)));
        Assert.False(Keeps(Paused, Given.Trait("5", Noon, "please_do_not", "call", SourceId.Customer)));
        Assert.False(Keeps(Paused, Given.Trait("6", Noon, "please_do_not", "")));
        Assert.False(Keeps(Paused, Ties.Given.Joined("e-bikers", 1, TieChange.Ended, "acme/forum")));
        Assert.False(Keeps(Paused, Given.Correction("7", Noon, Given.Crm, trait: new TraitCorrection("situation", ""))));
        Assert.True(Keeps(Open, Given.Trait("8", Noon, "please_do_not", "call", SourceId.Customer)));
    }

    [Fact]
    public void Keeps_WhilePaused_WhatANetworkTakesBackThatMayCollect()
    {
        var back = new ScoredSignal(new TakeBackSignal { Id = "1", Source = new SourceId("acme/posts"), OccurredAt = Noon }, null);
        Assert.True(Keeps(Paused, back));
        Assert.False(Keeps(Paused, back with { Signal = back.Signal with { Source = new SourceId("nobodys/posts") } }));
    }

    [Fact]
    public void Keeps_WhereOwnWordsAreNotCollected_OnlyANo()
    {
        Assert.True(Keeps(Uncollected, Left));
        Assert.False(Keeps(Uncollected, Ties.Given.Joined("e-bikers", 1)));
        Assert.False(Keeps(Uncollected, Given.Trait("1", Noon, "please_do_not", "", SourceId.Customer)));
        Assert.False(Keeps(Uncollected, Given.Correction("2", Noon, SourceId.Customer, trait: new TraitCorrection("situation", ""))));
    }

    /// <summary>Of somebody who is erased, or never said anything, nothing is kept: not even a no.</summary>
    [Fact]
    public void Keeps_OfNobody_Nothing()
    {
        Assert.False(Keeps(ConsentState.None, Left));
        Assert.True(KeepRules.Keeps(ConsentState.None, CustomerState.Empty, Ties.Given.After(Ties.Given.Joined("e-bikers", 0)), Left, Noon));
    }

    private static bool Keeps(ConsentState consent, ScoredSignal scored) => Keeps(consent, scored.Signal);

    private static bool Keeps(ConsentState consent, Signal signal) => KeepRules.Keeps(consent, Known, TiesState.Empty, signal, Noon);
}
