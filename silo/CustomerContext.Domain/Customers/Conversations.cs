using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>One of the latest conversations.</summary>
/// <param name="Id">The source's id of it.</param>
/// <param name="Channel">Of the latest turn.</param>
/// <param name="Counterparties">Of the latest turn. Each: Counterparty.</param>
/// <param name="Topics">Of the latest turn that named any.</param>
/// <param name="TopicsFrom">That turn; default if none.</param>
/// <param name="Link">Of the latest turn that had one.</param>
/// <param name="LinkFrom">That turn; default if none.</param>
/// <param name="Turns">1 to 8, ascending by stamp.</param>
/// <param name="Days">At most 16, ascending.</param>
[GenerateSerializer, Immutable, Alias("Conversation")]
public sealed record Conversation(
    [property: Id(0)] string Id,
    [property: Id(1)] string Channel,
    [property: Id(2)] ImmutableArray<Counterparty> Counterparties,
    [property: Id(3)] ImmutableArray<string> Topics,
    [property: Id(4)] Stamp TopicsFrom,
    [property: Id(5)] string? Link,
    [property: Id(6)] Stamp LinkFrom,
    [property: Id(7)] ImmutableArray<Turn> Turns,
    [property: Id(8)] ImmutableArray<DayTally> Days)
{
    /// <summary>Unix milliseconds of the latest turn that a program sent; 0 if none. A person's turn opens no conversation.</summary>
    [Id(20)]
    public long ProgramAt { get; init; }

    /// <summary>Unix milliseconds of the latest turn that left no question open, whether or not it is kept; 0 if none.</summary>
    [Id(21)]
    public long AnsweredAt { get; init; }
}

/// <summary>One message.</summary>
/// <param name="Stamp">When.</param>
/// <param name="Role">Whose.</param>
/// <param name="State">What it did.</param>
/// <param name="Score">Thousandths; 0 if not scored.</param>
/// <param name="Weight">Thousandths; 0 if not scored.</param>
[GenerateSerializer, Immutable, Alias("Turn")]
public readonly record struct Turn(
    [property: Id(0)] Stamp Stamp,
    [property: Id(1)] Role Role,
    [property: Id(2)] ConversationState State,
    [property: Id(3)] int Score,
    [property: Id(4)] int Weight)
{
    /// <summary>Unix milliseconds until when it promised something; 0 if it promised nothing.</summary>
    [Id(5)]
    public long PromisedUntil { get; init; }
}

/// <summary>Sums of the scored messages of one conversation on one day, before the cap.</summary>
/// <param name="Day">Unix day.</param>
/// <param name="Score">Sum of weight x score, thousandths.</param>
/// <param name="Weight">Sum of weights, thousandths; at least 1.</param>
/// <param name="Count">Messages.</param>
/// <param name="Latest">Unix second of the latest of them.</param>
[GenerateSerializer, Immutable, Alias("DayTally")]
public readonly record struct DayTally(
    [property: Id(0)] int Day,
    [property: Id(1)] long Score,
    [property: Id(2)] long Weight,
    [property: Id(3)] int Count,
    [property: Id(4)] long Latest);

/// <summary>How a turn of a conversation changes the state: the conversation, the sums of its day, and its topics.</summary>
internal static class ConversationRules
{
    public static CustomerState Take(CustomerState state, ConversationSignal signal, Stamp stamp, Observation? observation)
    {
        var source = state.Find(signal.Source)!;
        source = observation is { } heard ? source.NoteScored(stamp.Second, heard) : source;
        if (signal.Upstream is { } upstream && !(source.Upstream?.Stamp >= stamp))
        {
            source = source with
            {
                Upstream = new UpstreamEntry(stamp, Thousandths.Of(upstream.Value), Thousandths.Of(upstream.Minimum), Thousandths.Of(upstream.Maximum)),
            };
        }

        source = signal.Role == Role.Customer ? PostRules.Count(source, stamp.Second) : source;
        var known = source.Conversations.FirstOrDefault(conversation => conversation.Id == signal.ConversationId);
        var roomy = known is null ? MakeRoom(source, stamp) : source;

        // One that is older than all stored conversations is not stored; its score counts in the buckets.
        source = roomy is not null ? Take(roomy, known, signal, stamp, observation)
            : observation is { } single ? Ring.Observe(source, stamp.Second, single)
            : source;

        state = state.With(source);
        return signal.Role == Role.Customer ? TopicRules.Mention(state, signal.Source, signal.Topics, stamp.Second, observation) : state;
    }

    /// <summary>
    /// The source without the turn of <paramref name="post"/>: a conversation without turns is gone. What a conversation says as a whole and had from that turn, its topics and link, is gone too.
    /// </summary>
    public static SourceContext Without(SourceContext source, RecentPost post)
    {
        if (source.Conversations.FirstOrDefault(conversation => conversation.Turns.Any(turn => turn.Stamp == post.Stamp)) is not { } known)
        {
            return post.Observation is { } single ? Ring.Add(source, post.Stamp.Second, -Ring.WeightedScore(single), -single.Weight, -1) : source;
        }

        var left = known with { Turns = known.Turns.RemoveAll(turn => turn.Stamp == post.Stamp) };
        if (post.Observation is { } observation)
        {
            (source, left) = ConversationDays.Without(source, left, post.Stamp.Second, observation);
        }

        return source with
        {
            Conversations = left.Turns.IsEmpty
                ? source.Conversations.Remove(known, ReferenceEqualityComparer.Instance)
                : source.Conversations.Replace(known, Turns.Without(left, post.Stamp), ReferenceEqualityComparer.Instance),
        };
    }

    /// <summary>The order of conversations of several sources: by time, source and id of their latest turn.</summary>
    public static int CompareLatest(SourceId leftSource, Stamp left, SourceId rightSource, Stamp right) =>
        left.At != right.At ? left.At.CompareTo(right.At)
        : string.CompareOrdinal(leftSource.Value, rightSource.Value) is not 0 and var order ? order
        : left.CompareTo(right);

    /// <summary>The source with room for one more conversation, that with the oldest latest turn having left; absent if the new one is older than all of them.</summary>
    private static SourceContext? MakeRoom(SourceContext source, Stamp stamp)
    {
        if (source.Conversations.Length < Limits.Customers.Conversations)
        {
            return source;
        }

        var oldest = source.Conversations.MinBy(conversation => conversation.Turns[^1].Stamp)!;
        return stamp < oldest.Turns[^1].Stamp ? null : source with { Conversations = source.Conversations.Remove(oldest) };
    }

    private static SourceContext Take(SourceContext source, Conversation? known, ConversationSignal signal, Stamp stamp, Observation? observation)
    {
        var turn = new Turn(stamp, signal.Role, signal.State, observation?.Score ?? 0, observation?.Weight ?? 0)
        {
            PromisedUntil = signal.PromisedUntil?.ToUnixTimeMilliseconds() ?? 0,
        };
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

/// <summary>How a turn is added to a conversation; what it does there, <see cref="Attention.ConversationMachine"/> says.</summary>
internal static class Turns
{
    /// <summary>The conversation, begun if not known, with one more turn; of nine turns the oldest is dropped that is no promise still to be kept.</summary>
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

        if (!signal.OpensNothing && turn.Stamp.At > conversation.ProgramAt)
        {
            conversation = conversation with { ProgramAt = turn.Stamp.At };
        }

        if (ConversationMachine.EndsQuestion(turn) && turn.Stamp.At > conversation.AnsweredAt)
        {
            conversation = conversation with { AnsweredAt = turn.Stamp.At };
        }

        return conversation with { Turns = turns.Length > Limits.Customers.Turns ? turns.RemoveAt(IsOpenPromise(turns) ? 1 : 0) : turns };
    }

    /// <summary>The conversation, whose turns are left already, without what it had from the turn of <paramref name="gone"/>.</summary>
    public static Conversation Without(Conversation left, Stamp gone) => left with
    {
        Topics = left.TopicsFrom == gone ? [] : left.Topics,
        TopicsFrom = left.TopicsFrom == gone ? default : left.TopicsFrom,
        Link = left.LinkFrom == gone ? null : left.Link,
        LinkFrom = left.LinkFrom == gone ? default : left.LinkFrom,
        ProgramAt = Math.Min(left.ProgramAt, left.Turns[^1].Stamp.At),
        AnsweredAt = left.AnsweredAt == gone.At ? left.Turns.LastOrDefault(turn => ConversationMachine.EndsQuestion(turn)).Stamp.At : left.AnsweredAt,
    };

    /// <summary>True if the oldest turn made a promise that is not kept yet and, by the time of the latest, is not given up.</summary>
    private static bool IsOpenPromise(ImmutableArray<Turn> turns) =>
        turns[0] is { State: ConversationState.Promised } promise
        && ConversationMachine.After(turns.AsSpan()).Promise?.At == promise.Stamp.At
        && !StageRules.IsGivenUp(DateTimeOffset.FromUnixTimeMilliseconds(promise.PromisedUntil), DateTimeOffset.FromUnixTimeMilliseconds(turns[^1].Stamp.At));
}

/// <summary>
/// One conversation weighs at most one message a day. The scored messages of a day are summed in a tally. The capped tally is counted in the buckets of the latest of
/// these messages. When the tally changes, its old value is subtracted and its new value is added, so the order of arrival does not matter.
/// </summary>
internal static class ConversationDays
{
    public static (SourceContext Source, Conversation Conversation) Observe(
        SourceContext source, Conversation conversation, long second, Observation observation)
    {
        var day = (int)(second / Seconds.Day);
        var days = conversation.Days;
        var at = days.Length;
        while (at > 0 && days[at - 1].Day >= day)
        {
            at--;
        }

        var more = new DayTally(day, Ring.WeightedScore(observation), observation.Weight, 1, second);
        if (at < days.Length && days[at].Day == day)
        {
            var old = days[at];
            more = new DayTally(day, old.Score + more.Score, old.Weight + more.Weight, old.Count + 1, Math.Max(old.Latest, second));
            source = Count(source, old, -1);
            days = days.SetItem(at, more);
        }
        else if (days.Length < Limits.Customers.ConversationDays)
        {
            days = days.Insert(at, more);
        }
        else if (at > 0)
        {
            days = days.Insert(at, more).RemoveAt(0); // The sums of the oldest day stay in the buckets.
        }

        return (Count(source, more, +1), conversation with { Days = days });
    }

    /// <summary>Without one message; the conversation's turns are those that are left. A day that is not tallied any more stays as it is.</summary>
    public static (SourceContext Source, Conversation Conversation) Without(SourceContext source, Conversation conversation, long second, Observation observation)
    {
        var day = (int)(second / Seconds.Day);
        if (conversation.Days.FirstOrDefault(tally => tally.Day == day) is not { Count: > 0 } old)
        {
            return (source, conversation);
        }

        source = Count(source, old, -1);
        if (old.Count == 1 || old.Weight <= observation.Weight)
        {
            return (source, conversation with { Days = conversation.Days.Remove(old) });
        }

        var latest = conversation.Turns.LastOrDefault(turn => turn.Weight > 0 && turn.Stamp.Second / Seconds.Day == day).Stamp;
        var less = new DayTally(day, old.Score - Ring.WeightedScore(observation), old.Weight - observation.Weight, old.Count - 1, latest == default ? old.Latest : latest.Second);
        return (Count(source, less, +1), conversation with { Days = conversation.Days.Replace(old, less) });
    }

    private static SourceContext Count(SourceContext source, DayTally tally, int sign)
    {
        var amount = new Sums(tally.Score, tally.Weight, tally.Count).Capped();
        return Ring.Add(source, tally.Latest, sign * amount.Score, sign * amount.Weight, sign * amount.Count);
    }
}
