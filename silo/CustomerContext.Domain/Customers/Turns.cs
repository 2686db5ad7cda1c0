using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>The turns of a conversation, and what follows from the latest.</summary>
internal static class Turns
{
    /// <summary>The conversation, begun if not known, with one more turn; the ninth oldest leaves.</summary>
    public static Conversation Add(Conversation? known, ConversationSignal signal, Turn turn)
    {
        var conversation = known ?? new Conversation(signal.ConversationId, signal.Channel, [], [], default, null, default, [], []);
        var at = conversation.Turns.Count(other => other.Stamp < turn.Stamp);
        var turns = conversation.Turns.Insert(at, turn);
        if (at == turns.Length - 1)
        {
            conversation = conversation with { Channel = signal.Channel, Counterparties = signal.Counterparties };
        }

        if (!signal.Topics.IsEmpty && turn.Stamp > conversation.TopicsFrom)
        {
            conversation = conversation with { Topics = signal.Topics, TopicsFrom = turn.Stamp };
        }

        if (signal.Link is not null && turn.Stamp > conversation.LinkFrom)
        {
            conversation = conversation with { Link = signal.Link, LinkFrom = turn.Stamp };
        }

        return conversation with { Turns = turns.Length > Limits.Customers.Turns ? turns.RemoveAt(0) : turns };
    }

    /// <summary>
    /// Since when (unix milliseconds) the customer waits: the first of the customer's turns after the last one that answers, which is an agent's or
    /// one that answered, closed or thanked. Absent if there is none. Only <paramref name="turns"/> count.
    /// </summary>
    public static long? WaitingSince(ReadOnlySpan<Turn> turns)
    {
        long? since = null;
        foreach (ref readonly var turn in turns)
        {
            if (turn.Role == Role.Agent || turn.State is ConversationState.Answered or ConversationState.Closed or ConversationState.Thanked)
            {
                since = null;
            }
            else if (turn.Role == Role.Customer)
            {
                since ??= turn.Stamp.At;
            }
        }

        return since;
    }
}
