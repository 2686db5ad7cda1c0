namespace CustomerContext.Domain;

public static partial class Limits
{
    /// <summary>Requests for consent with a join code or link, and the messages that carry the link.</summary>
    public static class Joins
    {
        /// <summary>Digits of a join code, read out in threes.</summary>
        public const int CodeDigits = 9;

        /// <summary>Digits that the agent says beside the code.</summary>
        public const int SpokenDigits = 2;

        /// <summary>Wrong pairs of digits after which a code is dead.</summary>
        public const int DigitTries = 3;

        /// <summary>Codes that are tried for one request until one is free.</summary>
        public const int CodeAttempts = 4;

        /// <summary>Characters in what a link holds beside its code.</summary>
        public const int ProofCharacters = 64;

        /// <summary>Fewest characters in a browser's session.</summary>
        public const int SessionLeast = 16;

        /// <summary>Characters in a browser's session.</summary>
        public const int SessionCharacters = 64;

        /// <summary>Wrong codes of one session within <see cref="GuessWindow"/>; after them it is refused.</summary>
        public const int GuessesPerSession = 10;

        /// <summary>Wrong codes of everybody in a minute; beyond it every answer is late by <see cref="GuessDelay"/>, and nobody is refused, since many share one address.</summary>
        public const int GuessesInAll = 60;

        /// <summary>Sessions whose wrong codes are remembered.</summary>
        public const int Sessions = 100_000;

        /// <summary>Topics in the answers beside a yes.</summary>
        public const int Topics = 3;

        /// <summary>Things that the customer asks not to be done.</summary>
        public const int DoNots = 3;

        /// <summary>Messages to one address in a calendar month (UTC), of all tenants together.</summary>
        public const int MessagesPerMonth = 3;

        /// <summary>Messages that one actor may cause in an hour.</summary>
        public const int MessagesPerActor = 30;

        /// <summary>Messages that one tenant may cause in an hour.</summary>
        public const int MessagesPerTenant = 3_000;

        /// <summary>Messages kept in development mode to be looked at.</summary>
        public const int Outbox = 64;

        /// <summary>How long a request can be answered; it ends with its interaction too.</summary>
        public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(30);

        /// <summary>How long it can still be seen what became of a request that is over.</summary>
        public static TimeSpan SeenAfter { get; } = TimeSpan.FromHours(1);

        /// <summary>How long the link of a message can be used to say "never again".</summary>
        public static TimeSpan StopLifetime { get; } = TimeSpan.FromDays(30);

        /// <summary>Within what <see cref="GuessesPerSession"/> are counted.</summary>
        public static TimeSpan GuessWindow { get; } = TimeSpan.FromMinutes(10);

        /// <summary>How late answers are while too many wrong codes are tried.</summary>
        public static TimeSpan GuessDelay { get; } = TimeSpan.FromSeconds(1);

        /// <summary>How old a customer's sign-in may be when they say yes.</summary>
        public static TimeSpan SignInAge { get; } = TimeSpan.FromMinutes(15);

        /// <summary>How long the token of a provisional customer is good.</summary>
        public static TimeSpan TokenLifetime { get; } = TimeSpan.FromDays(30);

        /// <summary>How long a company's program may take to accept a message.</summary>
        public static TimeSpan SendTimeout { get; } = TimeSpan.FromSeconds(10);
    }
}
