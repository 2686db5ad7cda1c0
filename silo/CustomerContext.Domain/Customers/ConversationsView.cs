using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>One conversation, without its content.</summary>
/// <param name="Source">Who told us.</param>
/// <param name="Id">The source's id.</param>
/// <param name="Channel">Coded.</param>
/// <param name="Counterparties">With whom: roles alone. Who they are stands beside it, as far as they allow it (<see cref="Mention"/>).</param>
/// <param name="Topics">Of the latest turn that named any.</param>
/// <param name="Sentiment">The horizon "this conversation".</param>
/// <param name="State">Of the latest turn.</param>
/// <param name="WaitingSince">Since when the customer waits; absent if not waiting.</param>
/// <param name="Last">The latest turn.</param>
/// <param name="Turns">Turns kept, 1 to 8.</param>
/// <param name="Link">Of the latest turn that had one.</param>
[GenerateSerializer, Immutable, Alias("ConversationContent")]
public sealed record ConversationContent(
    [property: Id(0)] SourceId Source,
    [property: Id(1)] string Id,
    [property: Id(2)] string Channel,
    [property: Id(3)] ImmutableArray<Role> Counterparties,
    [property: Id(4)] ImmutableArray<string> Topics,
    [property: Id(5)] Horizon Sentiment,
    [property: Id(6)] ConversationState State,
    [property: Id(7)] DateTimeOffset? WaitingSince,
    [property: Id(8)] DateTimeOffset Last,
    [property: Id(9)] int Turns,
    [property: Id(10)] string? Link);

/// <summary>The facet CONVERSATIONS.</summary>
internal static class ConversationsView
{
    /// <summary>The conversations with a turn that is seen, newest latest turn first.</summary>
    public static ImmutableArray<ConversationContent> Of(Seen seen) =>
        [.. Newest(seen).Select(item => Content(item.Source, item.Conversation))];

    /// <summary>Links to the conversations that have a scored turn.</summary>
    public static ImmutableArray<EvidenceLink> Evidence(Seen seen) =>
    [
        .. Newest(seen)
            .Where(item => item.Conversation.Link is not null && item.Source.ShowsLinks && item.Source.SeesMillisecond(item.Conversation.LinkFrom.At))
            .Where(item => item.Conversation.Turns.Any(turn => turn.Weight > 0 && item.Source.SeesMillisecond(turn.Stamp.At)))
            .Select(item => new EvidenceLink(item.Conversation.Link!, Time(item.Conversation.LinkFrom), item.Source.Context.Source)),
    ];

    /// <summary>The conversations that are shown, newest latest turn first.</summary>
    public static IEnumerable<(SeenSource Source, Conversation Conversation)> Newest(Seen seen) => seen.Sources
        .SelectMany(source => source.Context.Conversations.Select(conversation => (Source: source, Conversation: conversation)))
        .Where(item => item.Source.SeesMillisecond(item.Conversation.Turns[^1].Stamp.At))
        .OrderDescending(Comparer<(SeenSource Source, Conversation Conversation)>.Create((left, right) => ConversationRules.CompareLatest(
            left.Source.Context.Source, left.Conversation.Turns[^1].Stamp, right.Source.Context.Source, right.Conversation.Turns[^1].Stamp)))
        .Take(Limits.Customers.Conversations);

    private static ConversationContent Content(SeenSource source, Conversation conversation)
    {
        ImmutableArray<Turn> turns = [.. conversation.Turns.Where(turn => source.SeesMillisecond(turn.Stamp.At))];
        var waiting = ConversationMachine.After(turns.AsSpan()).Question;
        return new ConversationContent(
            source.Context.Source,
            conversation.Id,
            conversation.Channel,
            [.. conversation.Counterparties.Select(one => one.Role)],
            source.SeesMillisecond(conversation.TopicsFrom.At) ? conversation.Topics : [],
            Sentiment(source, conversation, turns).Shown(),
            turns[^1].State,
            waiting is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
            Time(turns[^1].Stamp),
            Math.Min(turns.Length, Limits.Customers.Turns),
            source.ShowsLinks && source.SeesMillisecond(conversation.LinkFrom.At) ? conversation.Link : null);
    }

    /// <summary>Sums over all days that the view covers whole, without the cap. Of a day that it covers in part, only the visible turns count.</summary>
    private static Sums Sentiment(SeenSource source, Conversation conversation, ImmutableArray<Turn> turns)
    {
        var sums = default(Sums);
        foreach (var day in conversation.Days)
        {
            sums += day.Day > source.DayBeforeFirst ? new Sums(day.Score, day.Weight, day.Count) : default;
        }

        foreach (var turn in turns)
        {
            var isSeenAlone = turn.Weight > 0 && turn.Stamp.Second / Seconds.Day <= source.DayBeforeFirst;
            sums += isSeenAlone ? Sums.Of(turn) : default;
        }

        return sums;
    }

    private static DateTimeOffset Time(Stamp stamp) => DateTimeOffset.FromUnixTimeMilliseconds(stamp.At);
}
