using CustomerContext.Domain.Joins;

namespace CustomerContext.Domain.Tests.Joins;

public sealed class MessageRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public void Take_ThreeOfAMonthAndOneMore_TheLastMayNotGo()
    {
        var state = AddressState.Empty;
        for (var i = 0; i < Limits.Joins.MessagesPerMonth; i++)
        {
            (state, var mayGo) = MessageRules.Take(state, $"join {i}", Now);
            Assert.True(mayGo);
        }

        Assert.False(MessageRules.Take(state, "one more", Now).MayGo);
        Assert.True(MessageRules.Take(state, "join 0", Now).MayGo);
        Assert.True(MessageRules.Take(state, "one more", Now.AddSeconds(1)).MayGo);
    }

    [Fact]
    public void Stop_OnceSaid_HoldsForEver()
    {
        var taken = MessageRules.Take(AddressState.Empty, "join", Now).State;
        var stopped = MessageRules.Stop(taken);

        Assert.False(MessageRules.Take(stopped, "join", Now).MayGo);
        Assert.False(MessageRules.Take(stopped, "later", Now.AddYears(1)).MayGo);
        Assert.Same(stopped, MessageRules.Prune(stopped, Now.AddYears(1)));
        Assert.Same(stopped, MessageRules.Stop(stopped));
        Assert.Empty(stopped.Joins);
    }

    [Fact]
    public void Prune_InTheMonthAndAfterIt_ForgetsAfterIt()
    {
        var taken = MessageRules.Take(AddressState.Empty, "join", Now).State;

        Assert.Same(taken, MessageRules.Prune(taken, Now));
        Assert.Same(AddressState.Empty, MessageRules.Prune(taken, MessageRules.NextMonth(Now)));
    }

    [Fact]
    public void NextMonth_OfTheLastSecondOfAYear_BeginsTheNext() => Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), MessageRules.NextMonth(Now));
}
