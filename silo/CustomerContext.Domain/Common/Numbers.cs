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

/// <summary>Whole thousandths: the unit of every score, weight and count of mentions, so that sums do not depend on their order.</summary>
public static class Thousandths
{
    /// <summary>One, in thousandths.</summary>
    public const long One = 1_000;

    /// <summary><paramref name="value"/> in thousandths, halves away from zero.</summary>
    public static long Of(double value) => (long)Math.Round(value * One, MidpointRounding.AwayFromZero);

    /// <summary>
    /// <paramref name="part"/> / <paramref name="whole"/> in thousandths, halves away from zero. It multiplies first and divides once, so that an exact half of whole
    /// numbers is recognised as one.
    /// </summary>
    public static long Ratio(double part, double whole) => (long)Math.Round(part * One / whole, MidpointRounding.AwayFromZero);

    /// <summary>The quotient of two whole numbers, halves away from zero; <paramref name="divisor"/> above 0.</summary>
    public static long Divide(long dividend, long divisor) =>
        (dividend >= 0 ? dividend + (divisor / 2) : dividend - (divisor / 2)) / divisor;
}
