using CustomerContext.Client;
using CustomerContext.Client.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Clients.Tests.Sdk;

public sealed class BackoffTests
{
    [Fact]
    public void Next_AnyFailureAndDraw_StaysBetweenWhatIsAskedAndTheBound() => Prop.ForAll<PositiveInt, byte, NonNegativeInt>((failures, draw, asked) =>
    {
        var options = new RetryOptions();
        var delay = TimeSpan.FromMilliseconds(asked.Get);
        var wait = Backoff.Next(options, failures.Get, delay, draw / 256.0);
        return wait >= delay && wait <= delay + options.MaxBackoff;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 100)]
    [InlineData(6, 1600)]
    [InlineData(7, 2000)]
    [InlineData(1000, 2000)]
    public void Next_LargestDraw_DoublesUpToTheBound(int failures, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Next(new RetryOptions(), failures, null, 1));

    /// <summary>Those who are put off at one moment come again one after the other, over as long as they were put off.</summary>
    [Theory]
    [InlineData(0, 1000)]
    [InlineData(0.5, 1500)]
    [InlineData(1, 2000)]
    public void Next_AskedForASecond_SpreadOverTheSecondAfterIt(double draw, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Next(new RetryOptions(), 1, TimeSpan.FromSeconds(1), draw));

    [Fact]
    public void TryRepeat_FailuresOnly_StopsAtHalfTheBudget()
    {
        var budget = new RetryBudget(10);

        Assert.Equal(5, Enumerable.Range(0, 20).Count(_ => budget.TryRepeat()));
    }

    [Fact]
    public void TryRepeat_AfterTenSuccesses_OnceMore()
    {
        var budget = new RetryBudget(10);
        while (budget.TryRepeat())
        {
        }

        for (var i = 0; i < 20; i++)
        {
            budget.Succeeded();
        }

        Assert.True(budget.TryRepeat());
        Assert.False(budget.TryRepeat());
    }
}
