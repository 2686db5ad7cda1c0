using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>Of whom a company can be told again.</summary>
public sealed class NewsIndexRulesTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 30, 10, 20, 0, TimeSpan.Zero);
    private static readonly CustomerKey _one = new("11");

    [Fact]
    public void Note_SameHour_WritesNothingAndIsFound()
    {
        var index = NewsIndexRules.Note(NewsIndex.Empty, _one, _now, _now);

        Assert.Same(index, NewsIndexRules.Note(index, _one, _now.AddMinutes(39), _now.AddMinutes(39)));
        Assert.NotSame(index, NewsIndexRules.Note(index, _one, _now.AddMinutes(40), _now.AddMinutes(40)));
        Assert.Equal(_one, Assert.Single(NewsIndexRules.Since(index, _now.AddMinutes(39))));
        Assert.Empty(NewsIndexRules.Since(index, _now.AddMinutes(41)));
    }

    [Fact]
    public void Note_ADayLaterOrBeyondTheLimit_TheOldestAreGone()
    {
        var index = NewsIndexRules.Note(NewsIndex.Empty, _one, _now, _now);
        var later = NewsIndexRules.Note(index, new CustomerKey("22"), _now.AddHours(1) + Limits.News.Longest, _now.AddHours(1) + Limits.News.Longest);
        Assert.Equal("22", Assert.Single(later.Recent).Customer.Value);

        var full = new NewsIndex([.. Enumerable.Range(0, Limits.News.IndexPart).Select(i => new RecentNews(new CustomerKey($"{i:x32}"), _now))]);
        var over = NewsIndexRules.Note(full, _one, _now, _now);
        Assert.Equal(Limits.News.IndexPart, over.Recent.Length);
        Assert.Equal(full.Recent[1], over.Recent[0]);
    }

    [Fact]
    public void Pruned_ADayAfterTheFullHour_TheIndexIsEmpty()
    {
        var index = NewsIndexRules.Note(NewsIndex.Empty, _one, _now, _now);
        var gone = _now.AddMinutes(40) + Limits.News.Longest;

        Assert.Same(index, NewsIndexRules.Pruned(index, gone.AddTicks(-1)));
        Assert.Same(NewsIndex.Empty, NewsIndexRules.Pruned(index, gone));
    }

    [Fact]
    public void Forget_WhoIsErased_NothingIsLeft()
    {
        var index = NewsIndexRules.Note(NewsIndex.Empty, _one, _now, _now);

        Assert.Same(NewsIndex.Empty, NewsIndexRules.Forget(index, _one));
        Assert.Same(index, NewsIndexRules.Forget(index, new CustomerKey("22")));
    }
}
