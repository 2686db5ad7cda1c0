using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>What companies are told of their grants.</summary>
public sealed class NewsRulesTests
{
    private static readonly (ConsentState State, Grant Grant) _given = OfAge.With(Terms(until: Now.AddDays(30)));

    [Fact]
    public void With_GrantGiven_Told() => Assert.Equal(
        new GrantNews(NewsKind.Given, Acme, _given.Grant.Id, 1, _given.State.Epoch, Now), Assert.Single(Told(OfAge, _given.State).News));

    [Fact]
    public void With_GrantOfACompanyThatDoesNotWantIt_NotTold() =>
        Assert.Empty(NewsRules.With(OfAge, _given.State, [], news => news.Tenant == Globex, Now).News);

    [Fact]
    public void Makes_ChangeOfAGrant_NewsForItsCompanyAlone()
    {
        Assert.True(NewsRules.Makes(OfAge, _given.State, news => news.Tenant == Acme, Now));
        Assert.False(NewsRules.Makes(OfAge, _given.State, news => news.Tenant == Globex, Now));
        Assert.False(NewsRules.Makes(_given.State, _given.State, _ => true, Now));
    }

    [Theory]
    [InlineData(false, NewsKind.Narrowed)]
    [InlineData(true, NewsKind.Given)]
    public void With_GrantChanged_ToldWhichWay(bool isWider, NewsKind kind)
    {
        var terms = isWider ? Terms(purposes: [Support, Offer], until: Now.AddDays(30)) : Terms(FacetSet.Of(Facet.Sentiment), until: Now.AddDays(30));
        var after = Ok(ConsentRules.UpdateGrant(_given.State, new UpdateGrant("u", _given.Grant.Id, terms), Now)).State;

        var news = Assert.Single(Told(_given.State, after).News);

        Assert.Equal((kind, 2, after.Epoch), (news.Kind, news.Version, news.Epoch));
    }

    /// <summary>What must be forgotten is said, whatever else may be looked at now.</summary>
    [Fact]
    public void With_GrantThatOpensOtherThings_Narrowed()
    {
        var sentiment = OfAge.With(Terms(FacetSet.Of(Facet.Sentiment), until: Now.AddDays(30)));
        var after = Ok(ConsentRules.UpdateGrant(sentiment.State, new UpdateGrant("u", sentiment.Grant.Id, Terms(FacetSet.Of(Facet.TopOfMind), until: Now.AddDays(30))), Now)).State;

        Assert.Equal(NewsKind.Narrowed, Assert.Single(Told(sentiment.State, after).News).Kind);
    }

    [Fact]
    public void With_RevokedOrPausedOrNotOfAge_EndedAndNoReasonKnown()
    {
        ConsentState[] ends =
        [
            Ok(ConsentRules.RevokeGrant(_given.State, new RevokeGrant("v", _given.Grant.Id), Now)).State,
            Ok(ConsentRules.PauseAll(_given.State, new PauseAll("p", true), Now)).State,
            Ok(ConsentRules.SetPreferences(_given.State, new SetPreferences("s", Preferences.Off))).State,
            ConsentRules.Erase(_given.State, Now).State,
        ];

        Assert.All(ends, after => Assert.Equal(new GrantNews(NewsKind.Ended, Acme, _given.Grant.Id, 1, _given.State.Epoch + 1, Now), Assert.Single(Told(_given.State, after).News)));
    }

    [Fact]
    public void With_Resumed_GivenAgain()
    {
        var paused = Ok(ConsentRules.PauseAll(_given.State, new PauseAll("p", true), Now)).State;

        Assert.Equal(NewsKind.Given, Assert.Single(Told(paused, Ok(ConsentRules.PauseAll(paused, new PauseAll("r", false), Now)).State).News).Kind);
    }

    /// <summary>Its end was in its terms, and a change after it tells nothing of it.</summary>
    [Fact]
    public void With_GrantEndedByItsTime_NotTold()
    {
        var late = Now.AddDays(31);
        var after = Ok(ConsentRules.PauseAll(_given.State, new PauseAll("p", true), late)).State;

        Assert.Empty(NewsRules.With(_given.State, after, [], _ => true, late).News);
    }

    [Fact]
    public void With_ChangeADayLater_KeepsWhatIsUntoldInOrderAndDropsWhatWasTold()
    {
        var first = Told(OfAge, _given.State);
        var second = Told(first, first.With(Terms(), "r2", tenant: Globex).State);
        var revoked = Ok(ConsentRules.RevokeGrant(second, new RevokeGrant("v", _given.Grant.Id), Now)).State;
        var third = NewsRules.With(second, revoked, [first.News[0].Id], _ => true, Now + Limits.News.Longest);

        Assert.Equal(3, NewsRules.With(second, revoked, [first.News[0].Id], _ => true, Now + Limits.News.Longest - TimeSpan.FromTicks(1)).News.Length);

        Assert.Equal([(NewsKind.Given, Acme), (NewsKind.Given, Globex)], second.News.Select(news => (news.Kind, news.Tenant)));
        Assert.Equal([(NewsKind.Given, Globex), (NewsKind.Ended, Acme)], third.News.Select(news => (news.Kind, news.Tenant)));
        Assert.Equal(Globex, Assert.Single(NewsRules.Untold(third, [third.News[1].Id])).Tenant);
    }

    /// <summary>What may be told again: of this company, told, within the time, and not that something is open which has ended.</summary>
    [Fact]
    public void Again_GivenAndEnded_TheEndAloneAndWhatIsOpen()
    {
        var other = Told(_given.State, _given.State.With(Terms(), "r2").State);
        var both = Told(Told(OfAge, _given.State), other with { News = [] });
        NewsId[] told = [.. both.News.Select(news => news.Id)];
        Assert.Equal(told, NewsRules.Again(both, [.. told], Acme, Now, Now));
        Assert.Empty(NewsRules.Again(both, [], Acme, Now, Now));
        Assert.Empty(NewsRules.Again(both, [.. told], Globex, Now, Now));
        Assert.Empty(NewsRules.Again(both, [.. told], Acme, Now.AddTicks(1), Now.AddTicks(1)));
        Assert.Empty(NewsRules.Again(both, [.. told], Acme, Now, Now + Limits.News.Longest));

        var ended = NewsRules.With(both, Ok(ConsentRules.RevokeGrant(both, new RevokeGrant("v", _given.Grant.Id), Now)).State, [.. told], _ => true, Now);
        var again = NewsRules.Again(ended, [.. ended.News.Select(news => news.Id)], Acme, Now, Now);
        Assert.Equal([NewsKind.Given, NewsKind.Ended], ended.News.Where(news => again.Contains(news.Id)).Select(news => news.Kind));
        Assert.DoesNotContain(ended.News.First(news => news.Kind == NewsKind.Given && news.Grant == _given.Grant.Id).Id, again);
    }

    [Fact]
    public void With_Erasure_KeepsEndsAloneAndThenNothing()
    {
        var given = Told(OfAge, _given.State);
        var erased = Told(given, ConsentRules.Erase(given, Now).State);

        Assert.Equal(NewsKind.Ended, Assert.Single(erased.News).Kind);
        var forgotten = ConsentRules.ForgetWays(erased);
        Assert.NotNull(forgotten.Change);
        Assert.Empty(Told(erased, forgotten.State).News);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void With_MoreThanTheLimit_WhatIsOutOfDateLeavesFirst(int over, bool isFirstKept)
    {
        var given = Told(OfAge, _given.State);
        var old = given.News[0];
        var many = Enumerable.Range(1, Limits.News.PerCustomer - 2 + over).Select(n => new GrantNews(NewsKind.Given, Globex, new GrantId($"{n:x32}"), 1, old.Epoch, Now));
        var full = given with { News = [old, .. many] };

        var after = Told(full, Ok(ConsentRules.RevokeGrant(full, new RevokeGrant("v", _given.Grant.Id), Now)).State);

        Assert.Equal(Limits.News.PerCustomer, after.News.Length);
        Assert.Equal(isFirstKept, after.News.Contains(old));
        Assert.Equal(isFirstKept ? [] : [old], NewsRules.Dropped(full, after, []));
        Assert.Equal(NewsKind.Ended, after.News[^1].Kind);
    }

    /// <summary>Whoever is not told to forget keeps for good what they have.</summary>
    [Fact]
    public void With_MoreThanTheLimit_AnEndLeavesLast()
    {
        var given = Told(OfAge, _given.State);
        var end = given.News[0] with { Kind = NewsKind.Ended, Grant = new GrantId($"{0:x32}") };
        var many = Enumerable.Range(1, Limits.News.PerCustomer - 1).Select(n => new GrantNews(NewsKind.Given, Globex, new GrantId($"{n:x32}"), 1, end.Epoch, Now)).ToArray();
        var full = given with { News = [end, .. many] };

        var after = Told(full, Ok(ConsentRules.RevokeGrant(full, new RevokeGrant("v", _given.Grant.Id), Now)).State);

        Assert.Equal(many[0], Assert.Single(NewsRules.Dropped(full, after, [])));
    }

    [Fact]
    public void Told_OfConsentThatDoesNotHoldItAnyMore_Forgotten()
    {
        var given = Told(OfAge, _given.State);
        var news = given.News[0];

        Assert.Equal(news.Id, Assert.Single(NewsRules.Told([new NewsId(99, news.Grant)], news, given)));
        Assert.Equal(news.Id, Assert.Single(NewsRules.Told([news.Id], news, given)));
        Assert.Empty(NewsRules.Told([], news, ConsentState.None));
    }

    [Fact]
    public void Retry_AsLongAsItHasWaited_WithinADay()
    {
        var news = Told(OfAge, _given.State).News[0];

        Assert.Equal(Now + Limits.News.FirstRetry, NewsRules.RetryAt(news, Now));
        Assert.Equal(Now.AddMinutes(20), NewsRules.RetryAt(news, Now.AddMinutes(10)));
        Assert.Equal(Now.AddHours(6), NewsRules.RetryAt(news, Now.AddHours(5)));
        Assert.False(NewsRules.HasLapsed(news, Now + Limits.News.Longest - TimeSpan.FromTicks(1)));
        Assert.True(NewsRules.HasLapsed(news, Now + Limits.News.Longest));
    }

    private static ConsentState Told(ConsentState before, ConsentState after) => NewsRules.With(before, after, [], _ => true, Now);
}
