using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Customers;

/// <summary>Where the score is heading: means compared with the error that chance explains. Decided in whole numbers, so exactly.</summary>
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
