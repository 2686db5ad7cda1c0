using CustomerContext.Domain.Common;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api;

/// <summary>Times of the contract. A client can put any numbers into a Timestamp, so they are checked before they are used.</summary>
internal static class Times
{
    private const int MaxNanos = 999_999_999;

    private static readonly long _min = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long _max = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The instant; absent if the field is.</summary>
    public static Outcome<DateTimeOffset?> Read(Timestamp? time, string field) => time switch
    {
        null => new Outcome<DateTimeOffset?>(),
        _ when time.Seconds < _min || time.Seconds > _max || time.Nanos is < 0 or > MaxNanos =>
            new Refusal(RefusalReason.InvalidArgument, field, "must be a time between the years 1 and 9999"),
        _ => time.ToDateTimeOffset(),
    };

    /// <summary>The length of time; absent if the field is.</summary>
    public static Outcome<TimeSpan?> Read(Duration? duration, string field) => duration switch
    {
        null => new Outcome<TimeSpan?>(),
        _ when duration.Seconds is < 0 or > Duration.MaxSeconds || duration.Nanos is < 0 or > MaxNanos =>
            new Refusal(RefusalReason.InvalidArgument, field, "must not be negative"),
        _ => duration.ToTimeSpan(),
    };
}
