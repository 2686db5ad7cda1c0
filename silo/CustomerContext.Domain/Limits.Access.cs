using CustomerContext.Domain.Access;

namespace CustomerContext.Domain;

/// <summary>The bounds of tokens, of how much callers may do, and of when an operator is told.</summary>
public static partial class Limits
{
    /// <summary>Access tokens.</summary>
    public static class Access
    {
        /// <summary>Bytes in a token.</summary>
        public const int TokenBytes = 8_192;

        /// <summary>Characters in the name of an actor.</summary>
        public const int ActorLength = 128;

        /// <summary>Origins of the web pages of one tenant.</summary>
        public const int Origins = 16;

        /// <summary>Characters in a write key, at least.</summary>
        public const int WriteKeyShortest = 8;

        /// <summary>Characters in a secret write key, at least.</summary>
        public const int SecretKeyShortest = 24;

        /// <summary>Characters in a write key, at most.</summary>
        public const int WriteKeyLength = 128;

        /// <summary>Tokens remembered as good.</summary>
        public const int TokensRemembered = 10_000;

        /// <summary>Pairwise ids of customers, and pseudonyms of actors, remembered so that they need not be worked out again.</summary>
        public const int NamesRemembered = 50_000;

        /// <summary>How far the clocks of issuer and silo may differ.</summary>
        public static TimeSpan Leeway { get; } = TimeSpan.FromSeconds(30);

        /// <summary>Bytes in an issuer's discovery document or key set.</summary>
        public const int KeySetBytes = 256 * 1024;

        /// <summary>Keys of one issuer.</summary>
        public const int KeysOfIssuer = 64;

        /// <summary>How long an issuer may take to show its keys.</summary>
        public static TimeSpan KeyFetch { get; } = TimeSpan.FromSeconds(5);

        /// <summary>Age at which an issuer's keys are asked for again, while they go on being good.</summary>
        public static TimeSpan KeyRefresh { get; } = TimeSpan.FromMinutes(15);

        /// <summary>Keys that could not be had anew for so long are good no more: nobody knows whether they still are.</summary>
        public static TimeSpan KeysGoodFor { get; } = TimeSpan.FromHours(12);

        /// <summary>An issuer is not asked for its keys more often, whoever shows a token of an unknown key.</summary>
        public static TimeSpan KeyFetchEvery { get; } = TimeSpan.FromSeconds(10);

        /// <summary>The longest rest after failures; each doubles it, from <see cref="KeyFetchEvery"/>.</summary>
        public static TimeSpan KeyFetchRest { get; } = TimeSpan.FromMinutes(5);

        /// <summary>How often the file of tenants is looked at for changes.</summary>
        public static TimeSpan TenantsFileEvery { get; } = TimeSpan.FromMilliseconds(250);
    }

    /// <summary>How much callers may do where the configuration does not say otherwise.</summary>
    public static class Rates
    {
        /// <summary>Most that may be configured, a second.</summary>
        public const int Most = 1_000_000;

        /// <summary>Callers whose meters are kept; beyond it those that have rested are let go.</summary>
        public const int Meters = 100_000;

        /// <summary>What a rate is a mean over: after a rest so many seconds' worth may come at once.</summary>
        public static TimeSpan Window { get; } = TimeSpan.FromSeconds(10);

        /// <summary>All callers of one tenant together.</summary>
        public static CallRates Tenant { get; } = new(Looks: 5_000, Signals: 50_000, Other: 1_000);

        /// <summary>One program of a tenant.</summary>
        public static CallRates Service { get; } = new(Looks: 5_000, Signals: 50_000, Other: 1_000);

        /// <summary>One person of a tenant.</summary>
        public static CallRates Person { get; } = new(Looks: 5, Signals: 20, Other: 5);

        /// <summary>One customer, for themselves.</summary>
        public static CallRates Customer { get; } = new(Looks: 5, Signals: 5, Other: 5);

        /// <summary>Forged tokens a second on one connection; beyond it no token that is not known is checked there.</summary>
        public const int ForgedOfConnection = 40;

        /// <summary>The same of all connections of one address.</summary>
        public const int ForgedOfAddress = 100;

        /// <summary>All callers without a token from one address together. Many people share the address of a carrier, so it is far more than one of them needs.</summary>
        public static CallRates Anonymous { get; } = new(Looks: 200, Signals: 1, Other: 200);
    }

    /// <summary>When an operator is told of an actor who looks too much.</summary>
    public static class Alarms
    {
        /// <summary>People that a person may look at in an hour beyond the interactions that they name.</summary>
        public const int PeopleOfPerson = 20;

        /// <summary>The same of a program, which need not name any.</summary>
        public const int PeopleOfService = 10_000;

        /// <summary>Looks of a person at the same customer in an hour.</summary>
        public const int LooksOfPerson = 50;

        /// <summary>Looks of a program at the same customer in an hour.</summary>
        public const int LooksOfService = 1_000;

        /// <summary>Interactions kept of one actor's hour; further ones account for nobody.</summary>
        public const int InteractionsKept = 1_000;

        /// <summary>Actors of one tenant watched at once. Those beyond are not watched, which is an alarm of its own; other tenants' are.</summary>
        public const int ActorsPerTenant = 2_000;

        /// <summary>What is counted together.</summary>
        public static TimeSpan Window { get; } = TimeSpan.FromHours(1);
    }
}
