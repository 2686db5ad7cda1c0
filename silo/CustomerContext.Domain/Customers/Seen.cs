using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Customers;

/// <summary>The part of a state that a view may show, at a minute.</summary>
/// <param name="Sources">Ordinal by source.</param>
/// <param name="Now">Unix second, a whole minute.</param>
internal sealed record Seen(ImmutableArray<SeenSource> Sources, long Now)
{
    public int Hour => (int)(Now / Seconds.Hour);

    public int Day => (int)(Now / Seconds.Day);

    public int Week => (int)(Now / Seconds.Week);

    public static Seen Of(CustomerState state, ContextView view, long now)
    {
        state = OutcomeRules.Settle(state, view);
        var sources = ImmutableArray.CreateBuilder<SeenSource>(state.Sources.Length);
        foreach (var source in state.Sources)
        {
            if (view.Since(source.Source) is { } since)
            {
                sources.Add(new SeenSource(source, since) { ShowsLinks = view.ShowsLinks(source.Source) });
            }
        }

        return new Seen(sources.ToImmutable(), now);
    }

    /// <summary>Everything of every source.</summary>
    public static Seen OfAll(CustomerState state, long now) =>
        new([.. state.Sources.Select(source => new SeenSource(source, DateTimeOffset.MinValue))], now);

    /// <summary>Sums of the hour buckets after <paramref name="after"/>, up to and including <paramref name="last"/>.</summary>
    public Sums Hours(int after, int last)
    {
        var sums = default(Sums);
        foreach (var source in Sources)
        {
            sums += Sums.Of(source.Context.Hours, Math.Max(after, source.HourBeforeFirst), last) + source.FirstDay(Seconds.Hour, after, last);
        }

        return sums;
    }

    /// <summary>Sums of the day buckets after <paramref name="after"/>, up to and including <paramref name="last"/>.</summary>
    public Sums Days(int after, int last)
    {
        var sums = default(Sums);
        foreach (var source in Sources)
        {
            sums += Sums.Of(source.Context.Days, Math.Max(after, source.DayBeforeFirst), last) + source.FirstDay(Seconds.Day, after, last);
        }

        return sums;
    }

    /// <summary>Sums of the week buckets after <paramref name="after"/>, up to and including <paramref name="last"/>.</summary>
    public Sums Weeks(int after, int last)
    {
        var sums = default(Sums);
        foreach (var source in Sources)
        {
            sums += Sums.Of(source.Context.Weeks, Math.Max(after, source.WeekBeforeFirst), last);
        }

        return sums;
    }
}

/// <summary>What a view may show of one source: what happened at or after an instant.</summary>
internal sealed class SeenSource
{
    private readonly ImmutableArray<(long Second, Sums Sums)> _firstDay;

    /// <summary>False if its links must not be seen.</summary>
    public bool ShowsLinks { get; init; } = true;

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
    /// The last hour of that day. Hours of that day are left out, because their sums may include earlier turns of the same conversation.
    /// </summary>
    public int HourBeforeFirst { get; }

    /// <summary>Sums of the day in which the instant falls, from turns that are certainly after it; only those after <paramref name="after"/> up to <paramref name="last"/>.</summary>
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

    /// <summary>For each conversation the capped sums of its visible turns of that day, at the second of the latest; and the survey answer.</summary>
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
