using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>Decides whether a customer is talking with a tenant now. A grant "during my conversations" is valid only then.</summary>
public static class OpenConversations
{
    /// <summary>
    /// Until when no conversation of <paramref name="tenant"/>'s is open any more and no question of the customer's waits in one, if no further turn comes. A conversation is open if one of the
    /// tenant's own systems sent it, its state is neither closed nor thanked, and the latest turn that a program sent is within <see cref="Limits.Customers.OpenConversation"/>. A question waits until it is
    /// answered, its conversation ends, or it is given up; only one that a program told of, since a person's token opens nothing. What came of an interaction answers it too, by the tenant's
    /// own word only: else what the customer says and does not grant would change what the tenant may see.
    /// </summary>
    public static TalkTimes Of(CustomerState state, TenantId tenant, DateTimeOffset now) => OutcomeRules.Settle(OfTenant(state, tenant), null).Sources
        .SelectMany(source => source.Conversations.Select(conversation => TimesOf(source.Source, conversation, now)))
        .Aggregate(TalkTimes.None, (talk, times) => talk.Or(times));

    private static CustomerState OfTenant(CustomerState state, TenantId tenant) => state with { Sources = state.Sources.RemoveAll(source => source.Source.Tenant != tenant) };

    private static TalkTimes TimesOf(SourceId source, Conversation conversation, DateTimeOffset now) => new(
        Open(conversation, now) is { } open ? new TalkTime(open, new Opener(OpenerKind.Conversation, source, conversation.Id)) : null,
        Asked(conversation, now) is { } asked ? new TalkTime(asked, new Opener(OpenerKind.Question, source, conversation.Id)) : null);

    private static DateTimeOffset? Open(Conversation conversation, DateTimeOffset now)
    {
        var ends = Time(conversation.ProgramAt + 1) + Limits.Customers.OpenConversation;
        return now < ends && conversation.Turns[^1].State is not (ConversationState.Closed or ConversationState.Thanked) ? ends : null;
    }

    private static DateTimeOffset? Asked(Conversation conversation, DateTimeOffset now)
    {
        var asked = ConversationMachine.After(conversation.Turns.AsSpan()).Question;
        return asked is { } since && conversation.ProgramAt >= since && !StageRules.IsGivenUp(Time(since), now) ? Time(since) + Limits.Attention.GivenUpAfter : null;
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
