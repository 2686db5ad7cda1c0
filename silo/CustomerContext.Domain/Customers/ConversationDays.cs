using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// One conversation weighs at most one message a day. Its scored messages of a day are tallied, and what the tally amounts to is in the buckets of
/// the latest of them: taken out and put in again whenever it changes, so that the order of arrival does not matter.
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
            days = days.Insert(at, more).RemoveAt(0); // What the oldest day amounted to stays in the buckets.
        }

        return (Count(source, more, +1), conversation with { Days = days });
    }

    private static SourceContext Count(SourceContext source, DayTally tally, int sign)
    {
        var amount = new Sums(tally.Score, tally.Weight, tally.Count).Capped();
        return Ring.Add(source, tally.Latest, sign * amount.Score, sign * amount.Weight, sign * amount.Count);
    }
}
