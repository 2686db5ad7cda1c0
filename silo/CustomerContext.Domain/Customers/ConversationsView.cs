using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>The facet CONVERSATIONS.</summary>
internal static class ConversationsView
{
    /// <summary>The conversations with a turn that is seen, newest latest turn first.</summary>
    public static ImmutableArray<ConversationContent> Of(Seen seen) =>
        [.. Newest(seen).Select(item => Content(item.Source, item.Conversation))];

    /// <summary>Where conversations live that have a scored turn.</summary>
    public static ImmutableArray<EvidenceLink> Evidence(Seen seen) =>
    [
        .. Newest(seen)
            .Where(item => item.Conversation.Link is not null && item.Source.SeesMillisecond(item.Conversation.LinkFrom.At))
            .Where(item => item.Conversation.Turns.Any(turn => turn.Weight > 0 && item.Source.SeesMillisecond(turn.Stamp.At)))
            .Select(item => new EvidenceLink(item.Conversation.Link!, Time(item.Conversation.LinkFrom), item.Source.Context.Source)),
    ];

    private static IEnumerable<(SeenSource Source, Conversation Conversation)> Newest(Seen seen) => seen.Sources
        .SelectMany(source => source.Context.Conversations.Select(conversation => (Source: source, Conversation: conversation)))
        .Where(item => item.Source.SeesMillisecond(item.Conversation.Turns[^1].Stamp.At))
        .OrderDescending(Comparer<(SeenSource Source, Conversation Conversation)>.Create((left, right) => ConversationRules.CompareLatest(
            left.Source.Context.Source, left.Conversation.Turns[^1].Stamp, right.Source.Context.Source, right.Conversation.Turns[^1].Stamp)))
        .Take(Limits.Customers.Conversations);

    private static ConversationContent Content(SeenSource source, Conversation conversation)
    {
        ImmutableArray<Turn> turns = [.. conversation.Turns.Where(turn => source.SeesMillisecond(turn.Stamp.At))];
        var waiting = Turns.WaitingSince(turns.AsSpan());
        return new ConversationContent(
            source.Context.Source,
            conversation.Id,
            conversation.Channel,
            conversation.Counterparties,
            source.SeesMillisecond(conversation.TopicsFrom.At) ? conversation.Topics : [],
            Sentiment(source, conversation, turns).Shown(),
            turns[^1].State,
            waiting is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
            Time(turns[^1].Stamp),
            turns.Length,
            source.SeesMillisecond(conversation.LinkFrom.At) ? conversation.Link : null);
    }

    /// <summary>All its days that are seen whole, without the cap; and of a day seen in part, the turns that are seen.</summary>
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
