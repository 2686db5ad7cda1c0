namespace CustomerContext.Domain;

/// <summary>
/// Every bound of the product, with its unit, in one place. Each is tested at the limit and one past it.
/// </summary>
public static class Limits
{
    /// <summary>Consent.</summary>
    public static class Consents
    {
        /// <summary>Grants kept of a customer, live and lately ended.</summary>
        public const int Grants = 64;

        /// <summary>Purposes in one grant.</summary>
        public const int PurposesPerGrant = 16;

        /// <summary>Sources named in one grant.</summary>
        public const int SourcesPerGrant = 16;

        /// <summary>Tenants and sources named in a customer's <em>collect</em>, together.</summary>
        public const int CollectEntries = 64;

        /// <summary>Longest life of a grant, and how far ahead it may begin, in calendar months.</summary>
        public const int GrantMonths = 12;

        /// <summary>Latest requests remembered of a customer.</summary>
        public const int RecentRequests = 64;

        /// <summary>Characters in a request id.</summary>
        public const int RequestIdLength = 64;

        /// <summary>Characters in the name of an interaction.</summary>
        public const int InteractionLength = 64;

        /// <summary>How long a grant for this call only carries a watch.</summary>
        public static TimeSpan ThisCallWatch { get; } = TimeSpan.FromMinutes(60);

        /// <summary>How long a grant for this call only waits to be used, if the customer names no end.</summary>
        public static TimeSpan ThisCallLifetime { get; } = TimeSpan.FromHours(24);
    }
}
