using System.Globalization;

namespace CustomerContext.Cli.Import;

/// <summary>How an export writes times.</summary>
/// <param name="format">A format of .NET, for example <c>M/d/yyyy h:mm tt</c>. Absent: ISO 8601, as <c>2026-01-31T12:00:00Z</c> or <c>2026-01-31 12:00</c>.</param>
/// <param name="zone">The zone of times that do not name theirs. Absent: each must name it, because a guess would be hours wrong.</param>
internal sealed class CellTimes(string? format, TimeZoneInfo? zone)
{
    private static readonly string[] _iso =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd",
    ];

    private readonly string[] _formats = format is null ? _iso : [format];

    /// <summary>The moment, or the rule that it breaks.</summary>
    public (DateTimeOffset Time, string? Rule) Read(string text)
    {
        if (!DateTime.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return (default, format is null ? "must be a time in ISO 8601; times.format in the map can say otherwise" : "must be a time as times.format in the map says");
        }

        if (time.Kind != DateTimeKind.Unspecified)
        {
            return (time.ToUniversalTime(), null);
        }

        if (zone is null)
        {
            return (default, "names no time zone; times.zone in the map can say which it is");
        }

        return zone.IsInvalidTime(time) ? (default, "is a time that clocks skipped in this zone") : (TimeZoneInfo.ConvertTimeToUtc(time, zone), null);
    }
}
