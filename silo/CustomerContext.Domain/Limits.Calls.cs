namespace CustomerContext.Domain;

/// <summary>Bounds of calls: what a customer and a company say to each other in one interaction.</summary>
public static partial class Limits
{
    /// <summary>Interactions, on the company's side and in a customer's ledger.</summary>
    public static class Calls
    {
        /// <summary>Ids under which one call goes on, those that have ended included.</summary>
        public const int IdsPerCall = 8;

        /// <summary>People in one interaction.</summary>
        public const int CustomersPerInteraction = 4;

        /// <summary>Requests for consent in one interaction.</summary>
        public const int JoinsPerInteraction = 4;

        /// <summary>Calls of one tenant that a customer's ledger keeps; one more takes the place of that tenant's oldest.</summary>
        public const int CallsPerTenant = 8;

        /// <summary>Calls that a customer's ledger keeps; one more takes the place of the oldest of the tenant with the most.</summary>
        public const int CallsPerCustomer = 32;

        /// <summary>Tenants to whom a customer can be talking at once because they said so.</summary>
        public const int Talking = 8;

        /// <summary>Networks that a customer can have connected.</summary>
        public const int Networks = 8;

        /// <summary>Writes to one customer's ledger that one tenant can cause in a minute: interactions, requests and wrong codes; more are dropped as if done.</summary>
        public const int TenantWritesPerMinute = 30;

        /// <summary>After so long an interaction ends by itself, and so does a conversation that the customer opened.</summary>
        public static TimeSpan Longest { get; } = TimeSpan.FromHours(4);

        /// <summary>How long a grant for this call only waits for its first look.</summary>
        public static TimeSpan Unused { get; } = TimeSpan.FromHours(1);
    }

    /// <summary>Names that people choose.</summary>
    public static class Names
    {
        /// <summary>Characters in what a customer wants to be called.</summary>
        public const int CallMe = 24;
    }
}
