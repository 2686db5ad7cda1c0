using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using static CustomerContext.Domain.Tests.Attention.Given;
using Base = CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>Until when a customer and a company talk, and until when a question keeps what waits open.</summary>
public sealed class OpenConversationsTests
{
    private static readonly TimeSpan _day = TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1);

    [Fact]
    public void Of_AQuestionOfAProgram_OpenForADayAndAskedForFourteen()
    {
        var state = Base.State(Turn(Monday, Role.Customer, ConversationState.Opened));

        Assert.Equal(new TalkTimes(By(OpenerKind.Conversation, Monday + _day), By(OpenerKind.Question, Monday.AddDays(14))), OpenConversations.Of(state, Acme, Monday));
        Assert.Equal(new TalkTimes(null, By(OpenerKind.Question, Monday.AddDays(14))), OpenConversations.Of(state, Acme, Monday.AddDays(14).AddTicks(-1)));
        Assert.Equal(TalkTimes.None, OpenConversations.Of(state, Acme, Monday.AddDays(14)));
        Assert.Equal(TalkTimes.None, OpenConversations.Of(state, new("globex"), Monday));
    }

    [Theory]
    [InlineData(Role.Agent, ConversationState.Replied, true)]
    [InlineData(Role.Agent, ConversationState.Answered, true)]
    [InlineData(Role.Agent, ConversationState.Promised, true)]
    [InlineData(Role.Customer, ConversationState.Thanked, false)]
    [InlineData(Role.Agent, ConversationState.Closed, false)]
    public void Of_AnsweredOrEnded_NothingIsAskedAnyMore(Role role, ConversationState then, bool isOpen)
    {
        var state = Base.State(Turn(Monday, Role.Customer, ConversationState.Opened), Turn(Monday.AddHours(1), role, then, Monday.AddDays(30)));

        Assert.Equal(new TalkTimes(isOpen ? By(OpenerKind.Conversation, Monday.AddHours(1) + _day) : null), OpenConversations.Of(state, Acme, Monday.AddHours(2)));
    }

    [Fact]
    public void Of_AQuestionThatAPersonOfTheCompanyMadeUp_OpensNothing()
    {
        var made = Turn(Monday.AddDays(2), Role.Customer, ConversationState.Opened);
        var state = Base.State(
            Turn(Monday, Role.Customer, ConversationState.Opened),
            Turn(Monday.AddHours(1), Role.Agent, ConversationState.Answered),
            made with { Signal = (ConversationSignal)made.Signal with { OpensNothing = true } });

        Assert.Equal(TalkTimes.None, OpenConversations.Of(state, Acme, Monday.AddDays(2)));
    }

    private static TalkTime By(OpenerKind kind, DateTimeOffset until)
    {
        var turn = (ConversationSignal)Turn(Monday, Role.Customer, ConversationState.Opened).Signal;
        return new(until, new Opener(kind, turn.Source, turn.ConversationId));
    }
}
