using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>What a tribe has released to one audience: all that anybody is ever shown of it.</summary>
/// <param name="Number">Of the latest release; 0 before the first.</param>
/// <param name="Cadence">How often it releases.</param>
/// <param name="Last">What is shown now; absent: too few were heard.</param>
/// <param name="Before">What was shown before that; absent if nothing.</param>
/// <param name="Points">The releases of the last 84 days, oldest first; of days before the last two only the last each.</param>
[GenerateSerializer, Immutable, Alias("TribeHistory")]
public sealed record TribeHistory(
    [property: Id(0)] long Number,
    [property: Id(1)] Cadence Cadence,
    [property: Id(2)] TribeRelease? Last,
    [property: Id(3)] TribeRelease? Before,
    [property: Id(4)] ImmutableArray<TrendPoint> Points)
{
    /// <summary>Nothing yet.</summary>
    public static TribeHistory Empty { get; } = new(0, Cadence.Daily, null, null, []);
}

/// <summary>One point of a trend.</summary>
/// <param name="At">When it was released.</param>
/// <param name="Score">Thousandths, whole hundreds; absent: too few were heard from here on.</param>
/// <param name="Heard">How many were; 0 if too few.</param>
[GenerateSerializer, Immutable, Alias("TrendPoint")]
public readonly record struct TrendPoint([property: Id(0)] DateTimeOffset At, [property: Id(1)] int? Score, [property: Id(2)] int Heard);

/// <summary>What a tribe releases. The same for moods shown to tenants and for trends of third parties: only whose contributions are in the sums differs.</summary>
public static class TribeReleaseRules
{
    /// <summary>The history after the release time <paramref name="at"/>. Afterwards each shard is to be marked (<see cref="GroupRules.RecordReleased"/>) if something was released.</summary>
    /// <param name="history">Before.</param>
    /// <param name="sums">Of all shards at that time.</param>
    /// <param name="seed">Of this group and time.</param>
    /// <param name="minute">The group's minute of the day.</param>
    /// <param name="at">One of the group's release times.</param>
    public static TribeHistory Release(TribeHistory history, GroupSums sums, ReleaseSeed seed, int minute, DateTimeOffset at)
    {
        var heard = sums.All.Voices;
        if (heard < (history.Last is null ? Limits.Tribes.ShownFrom : Limits.Tribes.GoneBelow))
        {
            return history with
            {
                Cadence = Cadence.Daily,
                Last = null,
                Before = null,
                Points = history.Last is null ? history.Points : Thinned(history.Points, new TrendPoint(at, null, 0)),
            };
        }

        var cadence = CadenceOf(sums);
        var release = new TribeFigures(sums, seed, cadence).Release(history.Number + 1, at, ReleaseClock.Next(minute, cadence, at));
        return new TribeHistory(release.Number, cadence, release, history.Last, Thinned(history.Points, new TrendPoint(at, release.Score, heard)));
    }

    /// <summary>
    /// Hourly only if so many voices are heard, and each figure is as smooth as if so many of equal weight had made it: an hour has 1/24 of the day's eps, and the noise must not be larger
    /// than what the figure shows.
    /// </summary>
    private static Cadence CadenceOf(GroupSums sums)
    {
        var heaviest = Math.Max(MoodRules.Corrected(sums)?.Heaviest ?? 1, sums.Posts.Posts == 0 ? 0 : (double)sums.Posts.Most / sums.Posts.Posts);
        return sums.All.Voices >= Limits.Tribes.HourlyFrom && heaviest * Limits.Tribes.HourlyFrom <= 1 ? Cadence.Hourly : Cadence.Daily;
    }

    private static ImmutableArray<TrendPoint> Thinned(ImmutableArray<TrendPoint> points, TrendPoint next)
    {
        var first = next.At.AddDays(-Limits.Tribes.HistoryDays);
        var hourly = next.At.AddDays(-Limits.Tribes.HourlyHistoryDays);
        var kept = points.Where((point, i) => point.At > first && (point.At > hourly || i == points.Length - 1 || DayOf(points[i + 1]) != DayOf(point)));
        return [.. kept, next];
    }

    private static long DayOf(TrendPoint point) => point.At.ToUnixTimeSeconds() / Seconds.Day;
}
