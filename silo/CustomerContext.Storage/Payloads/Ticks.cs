namespace CustomerContext.Storage.Payloads;

/// <summary>Instants as ticks in UTC.</summary>
internal static class Ticks
{
    public static long Of(DateTimeOffset instant) => instant.UtcTicks;

    public static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
