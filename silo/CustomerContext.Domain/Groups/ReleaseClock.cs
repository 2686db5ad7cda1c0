using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Groups;

/// <summary>The fixed times at which a group releases: its minute of the day, in UTC; if hourly, the same minute of each hour. Nothing that anybody does moves them.</summary>
public static class ReleaseClock
{
    /// <summary>The first release time after <paramref name="moment"/>.</summary>
    /// <param name="minute">Of the day, 0 to 1439: <see cref="GroupSecret.ReleaseMinute"/>.</param>
    /// <param name="cadence">How often.</param>
    /// <param name="moment">Itself excluded.</param>
    public static DateTimeOffset Next(int minute, Cadence cadence, DateTimeOffset moment) => Latest(minute, cadence, moment).AddSeconds(Period(cadence));

    /// <summary>The last release time up to and including <paramref name="moment"/>: what a group that slept makes up for is this one only.</summary>
    public static DateTimeOffset Latest(int minute, Cadence cadence, DateTimeOffset moment)
    {
        var offset = minute * Seconds.Minute % Period(cadence);
        var second = moment.ToUnixTimeSeconds() - offset;
        return DateTimeOffset.FromUnixTimeSeconds(second - (second % Period(cadence)) + offset);
    }

    private static long Period(Cadence cadence) => cadence == Cadence.Hourly ? Seconds.Hour : Seconds.Day;
}
