using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>What is seen of one source: what happened at or after an instant.</summary>
internal sealed class SeenSource
{
    public SeenSource(SourceContext context, DateTimeOffset since)
    {
        Context = context;
        IsWhole = since <= DateTimeOffset.UnixEpoch;
        Since = IsWhole ? long.MinValue : CeilingOf(since.Ticks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond);
        DayBeforeFirst = BeforeFirst(Seconds.Day);
        WeekBeforeFirst = BeforeFirst(Seconds.Week);
        HourBeforeFirst = IsWhole ? int.MinValue : (int)(((DayBeforeFirst + 1) * (Seconds.Day / Seconds.Hour)) - 1);
    }

    public SourceContext Context { get; }

    /// <summary>Unix milliseconds.</summary>
    public long Since { get; }

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

    public bool SeesMillisecond(long at) => at >= Since;

    public bool SeesSecond(long second) => IsWhole || second * 1_000 >= Since;

    private static long CeilingOf(long value, long unit) => (value + unit - 1) / unit;

    private int BeforeFirst(long seconds) => IsWhole ? int.MinValue : (int)CeilingOf(Since, seconds * 1_000) - 1;
}
