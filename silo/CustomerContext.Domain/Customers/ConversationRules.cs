using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>How a turn changes what is known: its conversation, the sums of its day, and its topics.</summary>
internal static class ConversationRules
{
    public static CustomerState Take(CustomerState state, ConversationSignal signal, Stamp stamp, Observation? observation)
    {
        var source = state.Find(signal.Source)!;
        source = observation is { } heard ? source.Hear(stamp.Second, heard) : source;
        if (signal.Upstream is { } upstream && !(source.Upstream?.Stamp >= stamp))
        {
            source = source with
            {
                Upstream = new UpstreamEntry(stamp, Thousandths.Of(upstream.Value), Thousandths.Of(upstream.Minimum), Thousandths.Of(upstream.Maximum)),
            };
        }

        source = signal.Role == Role.Customer ? PostRules.Count(source, stamp.Second) : source;
        state = state.With(source);
        var known = source.Conversations.FirstOrDefault(conversation => conversation.Id == signal.ConversationId);
        if (known is null && !MakeRoom(ref state, signal.Source, stamp))
        {
            // Older than all that are kept: it counts, but nothing more is kept of it.
            state = observation is { } single ? state.With(Ring.Observe(source, stamp.Second, single)) : state;
        }
        else
        {
            state = state.With(Take(state.Find(signal.Source)!, known, signal, stamp, observation));
        }

        return signal.Role == Role.Customer ? TopicRules.Mention(state, signal.Source, signal.Topics, stamp.Second, observation) : state;
    }

    /// <summary>The order in which conversations leave: by when, source, and id of their latest turn.</summary>
    public static int CompareLatest(SourceId leftSource, Stamp left, SourceId rightSource, Stamp right) =>
        left.At != right.At ? left.At.CompareTo(right.At)
        : string.CompareOrdinal(leftSource.Value, rightSource.Value) is not 0 and var order ? order
        : left.CompareTo(right);

    private static bool MakeRoom(ref CustomerState state, SourceId source, Stamp stamp)
    {
        var count = 0;
        (SourceContext Source, Conversation Conversation)? oldest = null;
        foreach (var context in state.Sources)
        {
            foreach (var conversation in context.Conversations)
            {
                count++;
                oldest = oldest is { } least
                    && CompareLatest(least.Source.Source, least.Conversation.Turns[^1].Stamp, context.Source, conversation.Turns[^1].Stamp) < 0
                    ? oldest
                    : (context, conversation);
            }
        }

        if (count < Limits.Customers.Conversations || oldest is not { } leaving)
        {
            return true;
        }

        if (CompareLatest(source, stamp, leaving.Source.Source, leaving.Conversation.Turns[^1].Stamp) < 0)
        {
            return false;
        }

        state = state.With(leaving.Source with { Conversations = leaving.Source.Conversations.Remove(leaving.Conversation) });
        return true;
    }

    private static SourceContext Take(SourceContext source, Conversation? known, ConversationSignal signal, Stamp stamp, Observation? observation)
    {
        var turn = new Turn(stamp, signal.Role, signal.State, observation?.Score ?? 0, observation?.Weight ?? 0);
        var next = Turns.Add(known, signal, turn);
        if (observation is { } scored)
        {
            (source, next) = ConversationDays.Observe(source, next, stamp.Second, scored);
        }

        if (known is not null)
        {
            return source with { Conversations = source.Conversations.Replace(known, next, ReferenceEqualityComparer.Instance) };
        }

        var at = source.Conversations.Count(other => string.CompareOrdinal(other.Id, next.Id) < 0);
        return source with { Conversations = source.Conversations.Insert(at, next) };
    }
}
