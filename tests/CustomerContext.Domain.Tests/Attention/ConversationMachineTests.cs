using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using static CustomerContext.Domain.Tests.Attention.Given;
using Base = CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Attention;

/// <summary>What turns ask, answer, promise, put forward and end; and how far what waits has come.</summary>
public sealed class ConversationMachineTests
{
    [Theory]
    [InlineData(Role.Agent, ConversationState.Replied, false)]
    [InlineData(Role.Agent, ConversationState.Promised, false)]
    [InlineData(Role.Other, ConversationState.Replied, true)]
    [InlineData(Role.Other, ConversationState.Answered, false)]
    [InlineData(Role.Customer, ConversationState.Replied, true)]
    [InlineData(Role.Customer, ConversationState.Answered, false)]
    [InlineData(Role.Customer, ConversationState.Thanked, false)]
    [InlineData(Role.Other, ConversationState.Closed, false)]
    public void Waiting_QuestionAndOneMoreTurn_WaitsUnlessItWasAnsweredOrEnded(Role role, ConversationState state, bool waits)
    {
        var until = state == ConversationState.Promised ? Monday.AddDays(1) : default(DateTimeOffset?);
        var after = Base.State(Turn(Monday, Role.Customer, ConversationState.Opened), Turn(Monday.AddHours(1), role, state, until));

        Assert.Equal(waits, after.Items(Monday.AddHours(2)).Any(item => item.Kind == AttentionKind.Question && item.Since == Monday));
    }

    [Theory]
    [InlineData(Role.Agent, ConversationState.Replied, true)]
    [InlineData(Role.Customer, ConversationState.Replied, true)]
    [InlineData(Role.Agent, ConversationState.Answered, false)]
    [InlineData(Role.Customer, ConversationState.Thanked, false)]
    [InlineData(Role.Agent, ConversationState.Closed, false)]
    public void Waiting_PromiseAndOneMoreTurn_IsOpenUntilAnsweredOrEnded(Role role, ConversationState state, bool waits)
    {
        var after = Base.State(Turn(Monday, Role.Agent, ConversationState.Promised, Monday.AddDays(1)), Turn(Monday.AddHours(1), role, state));

        var promises = after.Items(Monday.AddHours(2)).Where(item => item.Kind == AttentionKind.Promise);

        Assert.Equal(waits ? [(Role.Agent, Monday.AddDays(1))] : [], promises.Select(item => (item.By, item.Due!.Value)));
    }

    [Fact]
    public void Waiting_SecondPromise_TakesThePlaceOfTheFirst()
    {
        var state = Base.State(
            Turn(Monday, Role.Agent, ConversationState.Promised, Monday.AddDays(1)), Turn(Monday.AddHours(1), Role.Agent, ConversationState.Promised, Monday.AddDays(3)));

        Assert.Equal(Monday.AddDays(3), Assert.Single(state.Items(Monday.AddHours(2))).Due);
    }

    [Theory]
    [InlineData(Role.Customer, Role.Customer, true)]
    [InlineData(Role.Customer, Role.Agent, false)]
    [InlineData(Role.Customer, Role.Other, false)]
    [InlineData(Role.Agent, Role.Customer, false)]
    [InlineData(Role.Other, Role.Other, true)]
    public void Waiting_IdeaAndOneMoreTurn_WaitsUntilSomebodyElseSpeaks(Role by, Role next, bool waits)
    {
        var state = Base.State(Turn(Monday, by, ConversationState.Proposed), Turn(Monday.AddHours(1), next, ConversationState.Proposed));

        Assert.Contains(state.Items(Monday.AddHours(2)), item => (item.Kind, item.By, item.Since) == (AttentionKind.Idea, next, waits ? Monday : Monday.AddHours(1)));
        Assert.Equal(waits, state.Items(Monday.AddHours(2)).Any(item => item.By == by && item.Since == Monday));
    }

    [Fact]
    public void Waiting_WeekOfASupportSubscriber_IsEscalatedAfterADay()
    {
        var state = Base.State(Tier("gold"), Turn(Monday, Role.Customer, ConversationState.Opened));
        var week = Enumerable.Range(0, 7 * 24).Select(hour => (Hour: hour, Waiting: Assert.Single(state.Waiting(Monday.AddHours(hour)))));

        Assert.All(week, at => Assert.Equal(
            at.Hour < 20 ? "Question Waiting" : at.Hour < 24 ? "Question Due" : "Question Escalated", at.Waiting));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("basic")]
    [InlineData("none")]
    [InlineData("")]
    public void Waiting_WeekOfAnybodyElse_IsNeverEvenDue(string? tier)
    {
        var state = Base.State([Turn(Monday, Role.Customer, ConversationState.Opened), .. tier is null ? [] : new[] { Tier("gold"), Tier(tier, Monday.AddDays(-80)) }]);

        Assert.All(Enumerable.Range(0, 7 * 24), hour => Assert.Equal(["Question Waiting"], state.Waiting(Monday.AddHours(hour))));
        Assert.Null(state.Items(Monday)[0].Due);
    }

    [Fact]
    public void Waiting_TimesOfACompany_CountByTierAndInOrder()
    {
        var times = new Times(new AnswerTimes([new AnswerTime("silver", TimeSpan.FromHours(8), TimeSpan.FromHours(2), TimeSpan.FromHours(4))]));
        var silver = Base.State(Tier("silver"), Turn(Monday, Role.Customer));

        var stages = new[] { 5, 6, 7, 8, 11, 12 }.Select(hour => Assert.Single(silver.Waiting(Monday.AddHours(hour), times)));

        Assert.Equal(["Question Waiting", "Question Due", "Question Due", "Question Overdue", "Question Overdue", "Question Escalated"], stages);
        Assert.Equal(["Question Waiting"], Base.State(Tier("gold"), Turn(Monday, Role.Customer)).Waiting(Monday.AddDays(3), times));
    }

    [Fact]
    public void Waiting_PromiseToAnybody_IsOverdueWhenItsTimeIsOver()
    {
        var promise = Turn(Monday, Role.Agent, ConversationState.Promised, Monday.AddHours(30));

        Assert.Equal(["Promise Waiting"], Base.State(promise).Waiting(Monday.AddHours(30).AddTicks(-1)));
        Assert.Equal(["Promise Overdue"], Base.State(promise).Waiting(Monday.AddHours(30)));
        Assert.Equal(["Promise Escalated"], Base.State(Tier("gold"), promise).Waiting(Monday.AddHours(30)));
    }

    [Fact]
    public void Waiting_TwoWeeksLater_CountsAsGivenUp()
    {
        var state = Base.State(
            Tier("gold"), Turn(Monday, Role.Customer), Turn(Monday, Role.Agent, ConversationState.Promised, Monday.AddDays(2), "c2"), Turn(Monday, Role.Customer, ConversationState.Proposed, null, "c3"));
        var end = Monday + Limits.Attention.GivenUpAfter;

        Assert.Equal(3, state.Waiting(end.AddTicks(-1)).Length);
        Assert.Equal(["Promise Escalated"], state.Waiting(end));
        Assert.Equal(["Promise Escalated"], state.Waiting(end.AddDays(2).AddTicks(-1)));
        Assert.Empty(state.Waiting(end.AddDays(2)));
    }

    [Fact]
    public void Waiting_OneTooMany_ShowsOverdueFirstThenWhatWaitsLongest()
    {
        var promised = Turn(Monday.AddHours(9), Role.Agent, ConversationState.Promised, Monday.AddHours(10), "late");
        var crm = Enumerable.Range(0, 4).Select(number => Turn(Monday.AddHours(number), Role.Customer, conversation: $"c{number}"));
        var web = Enumerable.Range(4, 4).Select(number => Turn(Monday.AddHours(number), Role.Customer, conversation: $"c{number}"))
            .Select(turn => turn with { Signal = turn.Signal with { Source = new SourceId("acme/web") } });

        var items = Base.State([promised, .. crm, .. web]).Items(Monday.AddHours(12));

        Assert.Equal(["late", "c0", "c1", "c2", "c3", "c4", "c5", "c6"], items.Select(item => item.Conversation));
    }

    [Fact]
    public void Waiting_SeenByAnotherCompany_HasNoTimesOfIts()
    {
        var state = Base.State(Tier("gold"), Turn(Monday, Role.Customer));
        var now = Monday.AddDays(2);

        var (other, self) = (AttentionView.Of(state, Base.All, new TenantId("globex"), Standard, now), AttentionView.Of(state, Base.All, null, Standard, now));

        Assert.Equal((AttentionStage.Waiting, default(DateTimeOffset?)), (other[0].Stage, other[0].Due));
        Assert.Equal(AttentionStage.Escalated, self[0].Stage);
    }

    [Fact]
    public void Waiting_ViewThatBeginsLater_ShowsNothingFromBefore()
    {
        var state = Base.State(Tier("gold"), Turn(Monday, Role.Customer), Turn(Monday.AddHours(2), Role.Customer));
        var view = ContextView.Of([new SourceWindow(SourceScope.OwnOf(Acme), Monday.AddHours(1))]);

        var item = Assert.Single(AttentionView.Of(state, view, Acme, Standard, Monday.AddDays(3)));

        // The tier is the company's own word, whenever it gave it.
        Assert.Equal((Monday.AddHours(2), AttentionStage.Escalated), (item.Since, item.Stage));
        Assert.Empty(AttentionView.Of(state, ContextView.Of([new SourceWindow(SourceScope.OwnOf(new TenantId("globex")), DateTimeOffset.MinValue)]), Acme, Standard, Monday.AddDays(3)));
    }
}
