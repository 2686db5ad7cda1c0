namespace CustomerContext.Domain;

public static partial class Limits
{
    /// <summary>Asking customers on their devices (OpenID Connect CIBA).</summary>
    public static class Ciba
    {
        /// <summary>Customers who are being asked at once; one more is asked on the consent page alone.</summary>
        public const int Asking = 1_000;

        /// <summary>Characters of what device and agent both show.</summary>
        public const int BindingMessage = 20;

        /// <summary>Bytes of an issuer's answer.</summary>
        public const int ResponseBytes = 65_536;

        /// <summary>How long an issuer may take to answer.</summary>
        public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(5);

        /// <summary>Between two polls if the issuer names no interval (CIBA 1.0, 7.3).</summary>
        public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

        /// <summary>What each <c>slow_down</c> adds to it (CIBA 1.0, 11).</summary>
        public static TimeSpan SlowDown { get; } = TimeSpan.FromSeconds(5);

        /// <summary>The most it grows to while an issuer does not answer.</summary>
        public static TimeSpan LongestInterval { get; } = TimeSpan.FromMinutes(1);
    }
}
