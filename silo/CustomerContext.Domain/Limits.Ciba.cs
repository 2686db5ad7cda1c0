namespace CustomerContext.Domain;

public static partial class Limits
{
    /// <summary>Asking customers on their devices (OpenID Connect CIBA).</summary>
    public static class Ciba
    {
        /// <summary>Customers who are being asked at once; one more is asked on the consent page alone.</summary>
        public const int Asking = 1_000;

        /// <summary>Customers whom one tenant has asked at once; one more is asked on the consent page alone.</summary>
        public const int AskingPerTenant = 100;

        /// <summary>Customers and tenants of whom it is remembered that the customer is left alone for a while.</summary>
        public const int PausesRemembered = 50_000;

        /// <summary>How long a tenant does not reach a customer's device after a no there.</summary>
        public static TimeSpan PauseAfterNo { get; } = TimeSpan.FromHours(24);

        /// <summary>The same after anything else but a yes.</summary>
        public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(1);

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
