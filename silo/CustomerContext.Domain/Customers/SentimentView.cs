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
            Days(seen, Limits.Sentiment.SparklineDays),
            ConversationsView.Evidence(seen),
            over?.Shown,
            Upstream(seen),
            seen.Sources.Sum(source => Conversations(source, (seen.Day - Limits.Customers.DayBuckets + 1) * Seconds.Day)));
    }

    private static int Conversations(SeenSource source, long first) =>
        source.Context.Conversations.Count(conversation =>
            conversation.Turns.Any(turn => turn.Weight > 0 && turn.Stamp.Second >= first && source.SeesMillisecond(turn.Stamp.At)))
        + (source.Context.Survey is { } survey && survey.Stamp.Second >= first && source.SeesMillisecond(survey.Stamp.At) ? 1 : 0);

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

    /// <summary>The latest <paramref name="count"/> days, today the last; none if nothing was heard in them.</summary>
    public static ImmutableArray<SparkDay> Days(Seen seen, int count)
    {
        var days = ImmutableArray.CreateBuilder<SparkDay>(count);
        for (var day = seen.Day - count + 1; day <= seen.Day; day++)
        {
            var sums = seen.Days(day - 1, day);
            days.Add(new SparkDay(StartOf(day), sums.Weight > 0 ? sums.Mean : null, sums.Count));
        }

        return days.Any(day => day.Messages > 0) ? days.ToImmutable() : [];
    }

    private static long? LatestHeard(SeenSource source)
    {
        var heard = source.Context.LastScored;
        var latest = Math.Max(heard.Inferred, Math.Max(heard.Observed, heard.Declared));
        return latest > 0 && source.SeesSecond(latest) ? latest : null;
    }

    private static Provenance? Weakest(Seen seen)
    {
        Provenance? weakest = null;
        foreach (var source in seen.Sources)
        {
            var first = Math.Max((seen.Day - Limits.Customers.DayBuckets + 1) * Seconds.Day, source.SinceSecond);
            var heard = source.Context.LastScored;
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

/// <summary>The trend of the score: compares two means with the error that chance explains. It is computed in whole numbers, so it is exact.</summary>
internal static class TrendView
{
    /// <summary>The last 24 hours against today and the 8 days before, less those hours.</summary>
    public static Trend Trend(Seen seen)
    {
        var today = seen.Hours(seen.Hour - Limits.Sentiment.TodayHours, seen.Hour);
        var before = seen.Days(seen.Day - Limits.Sentiment.TrendDays - 1, seen.Day) - today;
        return !IsEnough(today, before) ? new Trend(Direction.Unknown, null, null)
            : new Trend(DirectionOf(today, before, Limits.Sentiment.TrendErrors), Change(today, before), StandardError(today, before));
    }

    /// <summary>The whole days of the last 7 that differ from the 7 before each by at least 3 errors, newest first.</summary>
    public static ImmutableArray<ChangePoint> Changes(Seen seen, ImmutableArray<TopicSum> topics)
    {
        var changes = ImmutableArray.CreateBuilder<ChangePoint>();
        for (var day = seen.Day - 1; day >= seen.Day - Limits.Sentiment.ChangeDays; day--)
        {
            var that = seen.Days(day - 1, day);
            var before = seen.Days(day - Limits.Sentiment.ChangeDays - 1, day - 1);
            if (IsEnough(that, before) && DirectionOf(that, before, Limits.Sentiment.ChangeErrors) is Direction.Rising or Direction.Falling)
            {
                var change = Change(that, before);
                changes.Add(new ChangePoint(
                    DateTimeOffset.FromUnixTimeSeconds(day * Seconds.Day), change, StandardError(that, before), TopicOf(topics, day, Math.Sign(change))));
            }
        }

        return changes.ToImmutable();
    }

    private static bool IsEnough(Sums one, Sums other) =>
        one.Weight >= Limits.Sentiment.TrendWeight && other.Weight >= Limits.Sentiment.TrendWeight;

    /// <summary>
    /// With x = N1 D0 - N0 D1, the change is x / (D1 D0); it is a direction if at least 0.2 and at least z sigma sqrt(1/D1 + 1/D0), both sides squared.
    /// </summary>
    private static Direction DirectionOf(Sums one, Sums other, int errors)
    {
        Int128 weights = (Int128)one.Weight * other.Weight;
        Int128 difference = ((Int128)one.Score * other.Weight) - ((Int128)other.Score * one.Weight);
        Int128 threshold = (Int128)errors * errors * Limits.Sentiment.MessageDeviation * Limits.Sentiment.MessageDeviation * (one.Weight + other.Weight) * weights;
        return Int128.Abs(difference) * Thousandths.One < Limits.Sentiment.TrendLeast * weights || difference * difference * Thousandths.One < threshold
            ? Direction.Steady
            : difference > 0 ? Direction.Rising : Direction.Falling;
    }

    private static int Change(Sums one, Sums other) => (int)Thousandths.Ratio(
        ((double)one.Score * other.Weight) - ((double)other.Score * one.Weight),
        (double)one.Weight * other.Weight);

    private static int StandardError(Sums one, Sums other) =>
        (int)Math.Round(
            Limits.Sentiment.MessageDeviation * Math.Sqrt(((double)Thousandths.One / one.Weight) + ((double)Thousandths.One / other.Weight)),
            MidpointRounding.AwayFromZero);

    /// <summary>The topic whose own N of that day's week goes farthest the way of the change; of equals the first shown. Absent if none goes that way.</summary>
    private static string? TopicOf(ImmutableArray<TopicSum> topics, int day, int sign)
    {
        var week = (int)(day * Seconds.Day / Seconds.Week);
        var best = topics.MaxBy(topic => sign * topic.Weeks.GetValueOrDefault(week));
        return best is not null && sign * best.Weeks.GetValueOrDefault(week) > 0 ? best.Topic : null;
    }
}
