namespace CustomerContext.Domain;

public static partial class Limits
{
    /// <summary>Subject identifiers (RFC 9493).</summary>
    public static class Identifiers
    {
        /// <summary>Characters in an issuer.</summary>
        public const int IssuerLength = 256;

        /// <summary>Characters in a subject of an issuer.</summary>
        public const int SubjectLength = 255;

        /// <summary>Characters in an e-mail address.</summary>
        public const int EmailLength = 254;

        /// <summary>Characters in a phone number, '+' included (E.164).</summary>
        public const int PhoneLength = 16;

        /// <summary>Characters in a tenant's own id.</summary>
        public const int OpaqueLength = 128;

        /// <summary>Characters in a customer id of our own making.</summary>
        public const int CustomerIdLength = 64;

        /// <summary>Identifiers in one list of aliases.</summary>
        public const int Aliases = 8;

        /// <summary>Customers that one identifier may be linked to; from two on it names nobody, beyond this many it never does again.</summary>
        public const int Holders = 4;

        /// <summary>Identifiers of one customer: 16 of their own and 16 of tenants.</summary>
        public const int PerCustomer = 32;

        /// <summary>Identifiers of one customer that tenants attached, so that no tenant can take the room of the customer's own.</summary>
        public const int OfTenants = 16;

        /// <summary>Identifiers of one customer that one tenant attached.</summary>
        public const int OfOneTenant = 4;

        /// <summary>Identifiers of one customer that wait for the code that was sent there.</summary>
        public const int SentCodes = 4;

        /// <summary>How long a code that was sent to an address can be used.</summary>
        public static TimeSpan CodeLifetime { get; } = TimeSpan.FromMinutes(10);

        /// <summary>How long no other code is sent to the same address.</summary>
        public static TimeSpan CodePause { get; } = TimeSpan.FromMinutes(1);

        /// <summary>How long a customer has to show that an account in a network is theirs, and then to say yes to it.</summary>
        public static TimeSpan SlipLifetime { get; } = TimeSpan.FromMinutes(10);

        /// <summary>Characters in a ticket or a proof of an account.</summary>
        public const int SlipLength = 1_024;

        /// <summary>Accounts that a connector asks after in one call.</summary>
        public const int CheckedAccounts = 100;

        /// <summary>Codes sent to one address in a day (UTC), whoever asks for them.</summary>
        public const int CodesPerDay = 10;

        /// <summary>Addresses remembered to which codes were sent.</summary>
        public const int AddressesRemembered = 50_000;
    }
}
