using System.Globalization;

namespace Grpc.Wire;

/// <summary>grpc-timeout: at most eight digits and a unit.</summary>
internal static class TimeoutText
{
    /// <summary>The longest deadline that gRPC knows; longer ones are cut to it.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(MaxValue);

    private const int MaxValue = 99_999_999;

    public static string Encode(TimeSpan timeout)
    {
        var milliseconds = (long)Math.Ceiling(timeout.TotalMilliseconds);
        return milliseconds switch
        {
            <= 0 => "1n",
            <= MaxValue => milliseconds.ToString(CultureInfo.InvariantCulture) + "m",
            _ => Math.Min(MaxValue, (long)Math.Ceiling(timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture) + "S",
        };
    }

    /// <returns>Null where the text is none.</returns>
    public static TimeSpan? Decode(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        TimeSpan? timeout = text[^1] switch
        {
            'H' => TimeSpan.FromHours(value),
            'M' => TimeSpan.FromMinutes(value),
            'S' => TimeSpan.FromSeconds(value),
            'm' => TimeSpan.FromMilliseconds(value),
            'u' => TimeSpan.FromMicroseconds(value),
            'n' => TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
        return timeout > Max ? Max : timeout;
    }
}
