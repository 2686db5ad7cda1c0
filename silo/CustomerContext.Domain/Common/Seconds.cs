namespace CustomerContext.Domain.Common;

/// <summary>Lengths of time in seconds. Hours, days and weeks are numbered from the Unix epoch in UTC; weeks so begin on Thursdays.</summary>
internal static class Seconds
{
    public const long Minute = 60;
    public const long Hour = 3_600;
    public const long Day = 86_400;
    public const long Week = 604_800;

    /// <summary>2^(seconds / 7 d): what a week's half-life makes of a span that lies ahead; below 1 for a negative one.</summary>
    public static double Growth(double seconds) => Math.Pow(2, seconds / Limits.Sentiment.HalfLifeSeconds);
}
