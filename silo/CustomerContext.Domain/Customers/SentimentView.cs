using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>The facet SENTIMENT.</summary>
internal static class SentimentView
{
    public static SentimentContent Of(Seen seen, ImmutableArray<TopicSum> topics)
    {
        var week = Week(seen);
        var latest = seen.Sources.Max(source => LatestHeard(source));
        var weakest = Weakest(seen);
        var over = Overrides.Standing(seen);
        var score = over?.Score ?? week.Score;
        return new SentimentContent(
            score,
            over is null ? (latest is null ? null : week.Confidence) : (int)Thousandths.One,
            over?.Provenance ?? (week.Messages == 0 ? null : weakest),
            over is null && week.Messages == 1 && weakest == Provenance.Inferred ? SentimentWord.NotKnown : Word(score),
            week.Messages,
            latest is { } second ? DateTimeOffset.FromUnixTimeSeconds(second) : null,
            seen.Hours(seen.Hour - Limits.Sentiment.TodayHours, seen.Hour).Shown(),
            week,
            seen.Weeks(seen.Week - Limits.Sentiment.UsualWeeks, seen.Week).Shown(),
            score is null ? LastKnown(seen) : null,
            TrendView.Trend(seen),
            TrendView.Changes(seen, topics),
            Sparkline(seen),
            ConversationsView.Evidence(seen),
            over?.Shown,
            Upstream(seen));
    }

    private static Horizon Week(Seen seen)
    {
        var (score, weight, count) = (0.0, 0.0, 0);
        for (var day = seen.Day - Limits.Customers.DayBuckets + 1; day <= seen.Day; day++)
        {
            var sums = seen.Days(day - 1, day);
            var fade = Seconds.Growth(-Math.Max(0, seen.Now - ((day + 1) * Seconds.Day)));
            score += sums.Score * fade;
            weight += sums.Weight * fade;
            count += sums.Count;
        }

        return Sums.Shown(score, weight, count);
    }

    private static SentimentWord Word(int? score) => score switch
    {
        null => SentimentWord.NotKnown,
        <= Limits.Sentiment.UnhappyFrom => SentimentWord.Unhappy,
        >= Limits.Sentiment.ContentFrom => SentimentWord.Content,
        _ => SentimentWord.Mixed,
    };

    private static LastKnown? LastKnown(Seen seen)
    {
        for (var day = seen.Day; day > seen.Day - Limits.Customers.DayBuckets; day--)
        {
            if (seen.Days(day - 1, day) is { Weight: > 0 } sums)
            {
                return LastKnown(seen, sums, day);
            }
        }

        for (var week = seen.Week; week > seen.Week - Limits.Customers.WeekBuckets; week--)
        {
            if (seen.Weeks(week - 1, week) is { Weight: > 0 } sums)
            {
                return LastKnown(seen, sums, (int)((((week + 1) * Seconds.Week) / Seconds.Day) - 1));
            }
        }

        return null;
    }

    private static LastKnown LastKnown(Seen seen, Sums sums, int day) => new(sums.Mean, StartOf(day), Math.Max(0, seen.Day - day));

    private static ImmutableArray<SparkDay> Sparkline(Seen seen)
    {
        var days = ImmutableArray.CreateBuilder<SparkDay>(Limits.Sentiment.SparklineDays);
        for (var day = seen.Day - Limits.Sentiment.SparklineDays + 1; day <= seen.Day; day++)
        {
            var sums = seen.Days(day - 1, day);
            days.Add(new SparkDay(StartOf(day), sums.Weight > 0 ? sums.Mean : null, sums.Count));
        }

        return days.Any(day => day.Messages > 0) ? days.ToImmutable() : [];
    }

    private static long? LatestHeard(SeenSource source)
    {
        var heard = source.Context.Heard;
        var latest = Math.Max(heard.Inferred, Math.Max(heard.Observed, heard.Declared));
        return latest > 0 && source.SeesSecond(latest) ? latest : null;
    }

    private static Provenance? Weakest(Seen seen)
    {
        Provenance? weakest = null;
        foreach (var source in seen.Sources)
        {
            var first = Math.Max((seen.Day - Limits.Customers.DayBuckets + 1) * Seconds.Day, source.SinceSecond);
            var heard = source.Context.Heard;
            Provenance? own = heard.Inferred >= first ? Provenance.Inferred
                : heard.Observed >= first ? Provenance.Observed
                : heard.Declared >= first ? Provenance.Declared
                : null;
            weakest = own is null || weakest < own ? weakest : own;
        }

        return weakest;
    }

    private static ImmutableArray<UpstreamContent> Upstream(Seen seen) =>
    [
        .. seen.Sources
            .Where(source => source.Context.Upstream is { } upstream && source.SeesMillisecond(upstream.Stamp.At))
            .Select(source => (source.Context.Source, Upstream: source.Context.Upstream!))
            .Select(item => new UpstreamContent(
                item.Source,
                item.Upstream.Value,
                item.Upstream.Minimum,
                item.Upstream.Maximum,
                DateTimeOffset.FromUnixTimeMilliseconds(item.Upstream.Stamp.At))),
    ];

    private static DateTimeOffset StartOf(int day) => DateTimeOffset.FromUnixTimeSeconds(day * Seconds.Day);
}
