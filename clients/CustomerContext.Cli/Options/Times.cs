using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerContext.Cli.Options;

/// <summary>Moments and spans as people type them: 30d, 2h30m, -3d2h, 2026-01-31, 2026-01-31T12:00:00Z.</summary>
internal static partial class Times
{
    /// <exception cref="UsageException">It is no span.</exception>
    public static TimeSpan Span(string text)
    {
        var match = SpanPattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            throw new UsageException($"'{text}' is no span of time: write it like 30d, 12h or 2h30m");
        }

        return new TimeSpan(Number("d"), Number("h"), Number("m"), Number("s"));

        int Number(string unit) => match.Groups[unit] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <param name="text">A span from now on (30d), a span ago (-30d), or a moment.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="UsageException">It is no moment.</exception>
    public static DateTimeOffset Moment(string text, DateTimeOffset now)
    {
        if (text.StartsWith('-'))
        {
            return now - Span(text[1..]);
        }

        if (SpanPattern().IsMatch(text))
        {
            return now + Span(text);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new UsageException($"'{text}' is no moment: write it like 30d, -3d2h, 2026-01-31 or 2026-01-31T12:00:00Z");
    }

    [GeneratedRegex(@"^((?<d>\d{1,4})d)?((?<h>\d{1,4})h)?((?<m>\d{1,5})m)?((?<s>\d{1,6})s)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex SpanPattern();
}
