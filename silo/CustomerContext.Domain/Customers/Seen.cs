using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Customers;

/// <summary>The part of a state that is seen, at a minute.</summary>
/// <param name="Sources">Ordinal by source.</param>
/// <param name="Now">Unix second, a whole minute.</param>
internal sealed record Seen(ImmutableArray<SeenSource> Sources, long Now)
{
    public int Hour => (int)(Now / Seconds.Hour);

    public int Day => (int)(Now / Seconds.Day);

    public int Week => (int)(Now / Seconds.Week);

    public static Seen Of(CustomerState state, ContextView view, long now)
    {
        var sources = ImmutableArray.CreateBuilder<SeenSource>(state.Sources.Length);
        foreach (var source in state.Sources)
        {
            if (view.Since(source.Source) is { } since)
            {
                sources.Add(new SeenSource(source, since));
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
