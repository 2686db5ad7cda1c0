namespace CustomerContext.Domain;

/// <summary>The bounds of what companies are told by webhook.</summary>
public static partial class Limits
{
    /// <summary>News of grants and of work.</summary>
    public static class News
    {
        /// <summary>News of one customer that are kept. Beyond it those leave first that were told, then those that tell nobody to forget, and of these the ones of which there is newer news.</summary>
        public const int PerCustomer = 128;

        /// <summary>News of work that are told before it is kept which were: of a silo that is lost so many may be told twice, of each part of a queue.</summary>
        public const int WorkAtOnce = 64;

        /// <summary>Parts of the index of those of whom a company was told lately, each kept by a grain.</summary>
        public const int IndexParts = 16;

        /// <summary>Customers in one part. Of one too many the oldest goes, and its news are not told again.</summary>
        public const int IndexPart = 20_000;

        /// <summary>Customers who are asked at once when a company is told again.</summary>
        public const int ReplayAtOnce = 256;

        /// <summary>Calls to one company's receiver at once, of each silo.</summary>
        public const int AtOnce = 16;

        /// <summary>Those of them that are for news of work alone: 64 parts of a queue tell of it, and news of grants are not to wait behind them. The rest is for news of grants.</summary>
        public const int OfWorkAtOnce = 12;

        /// <summary>Secrets with which a call is signed: while one is being replaced there are two.</summary>
        public const int Secrets = 2;

        /// <summary>The longest that news are held back, by chance: else companies could tell by the instant that news of one change, under two ids, are of one person.</summary>
        public static TimeSpan Spread { get; } = TimeSpan.FromSeconds(4);

        /// <summary>How long a receiver may take to answer.</summary>
        public static TimeSpan SendTimeout { get; } = TimeSpan.FromSeconds(10);

        /// <summary>How long it is tried to tell, and for how long it can be told again.</summary>
        public static TimeSpan Longest { get; } = TimeSpan.FromDays(1);

        /// <summary>The least that a company can have told again; the most is <see cref="Longest"/>.</summary>
        public static TimeSpan ShortestReplay { get; } = TimeSpan.FromMinutes(1);

        /// <summary>How often a company can be told again, at each silo.</summary>
        public static TimeSpan ReplayEvery { get; } = TimeSpan.FromMinutes(1);

        /// <summary>How soon news are told that a silo left behind, and the least wait of a customer who is not in memory.</summary>
        public static TimeSpan FirstRetry { get; } = TimeSpan.FromMinutes(1);

        /// <summary>The longest such wait.</summary>
        public static TimeSpan LongestRetry { get; } = TimeSpan.FromHours(1);
    }
}
