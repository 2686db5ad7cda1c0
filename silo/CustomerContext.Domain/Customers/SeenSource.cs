using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>What is seen of one source: what happened at or after an instant.</summary>
internal sealed class SeenSource
{
    private readonly ImmutableArray<(long Second, Sums Sums)> _firstDay;

    public SeenSource(SourceContext context, DateTimeOffset since)
    {
        Context = context;
        IsWhole = since <= DateTimeOffset.UnixEpoch;
        Since = IsWhole ? long.MinValue : CeilingOf(since.Ticks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond);
        DayBeforeFirst = BeforeFirst(Seconds.Day);
        WeekBeforeFirst = BeforeFirst(Seconds.Week);
        HourBeforeFirst = IsWhole ? int.MinValue : (int)(((DayBeforeFirst + 1) * (Seconds.Day / Seconds.Hour)) - 1);
        _firstDay = IsWhole ? [] : [.. OfDay(DayBeforeFirst)];
    }

    public SourceContext Context { get; }

    /// <summary>Unix milliseconds.</summary>
    public long Since { get; }

    /// <summary>Unix second, rounded up.</summary>
    public long SinceSecond => IsWhole ? long.MinValue : CeilingOf(Since, 1_000);

    /// <summary>True if everything is seen.</summary>
    public bool IsWhole { get; }

    /// <summary>The last day that began before the instant.</summary>
    public int DayBeforeFirst { get; }

    /// <summary>The last week that began before the instant.</summary>
    public int WeekBeforeFirst { get; }

    /// <summary>
    /// The last hour of that day: an hour's sums may hold what the same conversation said earlier that day.
    /// </summary>
    public int HourBeforeFirst { get; }

    /// <summary>What is known for sure of the day in which the instant falls, as far as it is after <paramref name="after"/> up to <paramref name="last"/>.</summary>
    public Sums FirstDay(long unit, int after, int last)
    {
        var sums = default(Sums);
        foreach (var (second, part) in _firstDay)
        {
            sums += second / unit > after && second / unit <= last ? part : default;
        }

        return sums;
    }

    public bool SeesMillisecond(long at) => at >= Since;

    public bool SeesSecond(long second) => IsWhole || second * 1_000 >= Since;

    /// <summary>Of each conversation the turns of that day that are kept and seen, capped, at the latest of them; and the survey answer.</summary>
    private IEnumerable<(long Second, Sums Sums)> OfDay(int day)
    {
        foreach (var conversation in Context.Conversations)
        {
            var (latest, sums) = (0L, default(Sums));
            foreach (var turn in conversation.Turns.Where(turn => turn.Weight > 0 && turn.Stamp.Second / Seconds.Day == day && SeesMillisecond(turn.Stamp.At)))
            {
                (latest, sums) = (turn.Stamp.Second, sums + Sums.Of(turn));
            }

            if (sums.Count > 0)
            {
                yield return (latest, sums.Capped());
            }
        }

        if (Context.Survey is { } survey && survey.Stamp.Second / Seconds.Day == day && SeesMillisecond(survey.Stamp.At))
        {
            yield return (survey.Stamp.Second, new Sums(survey.Score, Thousandths.One, 1));
        }
    }

    private static long CeilingOf(long value, long unit) => (value + unit - 1) / unit;

    private int BeforeFirst(long seconds) => IsWhole ? int.MinValue : (int)CeilingOf(Since, seconds * 1_000) - 1;
}
