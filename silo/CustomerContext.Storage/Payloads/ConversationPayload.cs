using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Storage.Payloads;

/// <summary>A conversation.</summary>
internal static class ConversationPayload
{
    private const long SecondsPerDay = 86_400;

    public static Stored.Conversation ToMessage(Conversation conversation)
    {
        var stored = new Stored.Conversation
        {
            Id = conversation.Id,
            Channel = conversation.Channel,
            Counterparties = { conversation.Counterparties.Select(one => (int)one.Role) },
            Named = { NamedIn(conversation) },
            Topics = { conversation.Topics },
            ProgramAt = conversation.ProgramAt,
            AnsweredAt = conversation.AnsweredAt,
            TopicsFrom = conversation.TopicsFrom == default ? null : SourcePayload.ToMessage(conversation.TopicsFrom),
            LinkFrom = conversation.LinkFrom == default ? null : SourcePayload.ToMessage(conversation.LinkFrom),
        };
        if (conversation.Link is { } link)
        {
            stored.Link = link;
        }

        Rows.Write(stored.Turns, conversation.Turns, 6, static (turn, row) =>
        {
            row[0] = turn.Stamp.At;
            row[1] = turn.Stamp.TieBreak;
            row[2] = (int)turn.Role;
            row[3] = (int)turn.State;
            row[4] = turn.Score;
            row[5] = turn.Weight;
        });
        var promises = conversation.Turns.Select((turn, at) => (At: at, Until: turn.PromisedUntil)).Where(promise => promise.Until > 0).ToImmutableArray();
        Rows.Write(stored.Promises, promises, 2, static (promise, row) => (row[0], row[1]) = (promise.At, promise.Until));
        Rows.Write(stored.Days, conversation.Days, 5, static (day, row) =>
        {
            row[0] = day.Day;
            row[1] = day.Score;
            row[2] = day.Weight;
            row[3] = day.Count;
            row[4] = day.Latest - (day.Day * SecondsPerDay);
        });
        return stored;
    }

    public static Conversation FromMessage(Stored.Conversation stored) => new(
        stored.Id,
        stored.Channel,
        CounterpartiesOf(stored),
        [.. stored.Topics],
        stored.TopicsFrom is { } topicsFrom ? SourcePayload.FromMessage(topicsFrom) : default,
        stored.HasLink ? stored.Link : null,
        stored.LinkFrom is { } linkFrom ? SourcePayload.FromMessage(linkFrom) : default,
        TurnsOf(stored),
        Rows.Read(stored.Days, 5, static row => new DayTally((int)row[0], row[1], row[2], (int)row[3], row[4] + (row[0] * SecondsPerDay))))
    {
        ProgramAt = stored.ProgramAt,
        AnsweredAt = stored.AnsweredAt,
    };

    private static IEnumerable<Stored.NamedCounterparty> NamedIn(Conversation conversation) =>
        from one in conversation.Counterparties.Select((counterparty, at) => (At: at, counterparty.Customer))
        where one.Customer is not null
        select new Stored.NamedCounterparty { At = (uint)one.At, Customer = one.Customer!.Value.Value };

    private static ImmutableArray<Counterparty> CounterpartiesOf(Stored.Conversation stored)
    {
        var counterparties = stored.Counterparties.Select(role => new Counterparty((Role)role)).ToImmutableArray();
        foreach (var named in stored.Named)
        {
            counterparties = named.At < counterparties.Length
                ? counterparties.SetItem((int)named.At, counterparties[(int)named.At] with { Customer = new CustomerKey(named.Customer) })
                : throw new PayloadException("A stored name is of no counterparty.");
        }

        return counterparties;
    }

    private static ImmutableArray<Turn> TurnsOf(Stored.Conversation stored)
    {
        var turns = Rows.Read(
            stored.Turns, 6, static row => new Turn(new Stamp(row[0], (uint)row[1]), (Role)row[2], (ConversationState)row[3], (int)row[4], (int)row[5]));
        foreach (var (at, until) in Rows.Read(stored.Promises, 2, static row => ((int)row[0], row[1])))
        {
            turns = at < turns.Length ? turns.SetItem(at, turns[at] with { PromisedUntil = until }) : throw new PayloadException("A stored promise is of no turn.");
        }

        return turns;
    }
}
