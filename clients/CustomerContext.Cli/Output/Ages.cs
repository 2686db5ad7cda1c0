using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Cli.Output;

/// <summary>Moments as people say them: "2 h ago", "in 5 min".</summary>
internal static class Ages
{
    public static string Of(Timestamp moment, DateTimeOffset now) => Of(moment.ToDateTimeOffset(), now);

    public static string Of(DateTimeOffset moment, DateTimeOffset now)
    {
        var age = now - moment;
        return age.Duration() < TimeSpan.FromMinutes(1) ? "just now" : age > TimeSpan.Zero ? $"{Span(age)} ago" : $"in {Span(-age)}";
    }

    /// <summary>The UTC day that begins at <paramref name="day"/>: what is known by the day has no hour.</summary>
    public static string Day(Timestamp day, DateTimeOffset now) => (now.UtcDateTime.Date - day.ToDateTimeOffset().UtcDateTime.Date).Days switch
    {
        0 => "today",
        1 => "yesterday",
        var days => $"{days} days ago",
    };

    /// <summary>One unit, the largest that fits; rounded down.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 60 } => $"{span.Days / 30} months",
        { TotalDays: >= 2 } => $"{span.Days} days",
        { TotalHours: >= 1 } => $"{(int)span.TotalHours} h",
        { TotalMinutes: >= 1 } => $"{(int)span.TotalMinutes} min",
        _ => $"{(int)span.TotalSeconds} s",
    };
}
