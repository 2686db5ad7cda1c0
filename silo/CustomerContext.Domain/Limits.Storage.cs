namespace CustomerContext.Domain;

/// <content>What is kept.</content>
public static partial class Limits
{
    /// <summary>The ledger.</summary>
    public static class Ledger
    {
        /// <summary>Decisions of one customer that share an append.</summary>
        public const int BatchDecisions = 256;
    }

    /// <summary>The stores.</summary>
    public static class Storage
    {
        /// <summary>How long the ledger may take to answer.</summary>
        public static TimeSpan LedgerDeadline { get; } = TimeSpan.FromMilliseconds(500);

        /// <summary>How often the store is asked at start before the start fails.</summary>
        public const int StartAttempts = 20;

        /// <summary>How long grain storage may take to answer.</summary>
        public static TimeSpan GrainStorageDeadline { get; } = TimeSpan.FromSeconds(5);

        /// <summary>How long the embedded store may take to write its whole file anew; nothing else is written meanwhile.</summary>
        public static TimeSpan RewriteDeadline { get; } = TimeSpan.FromMinutes(10);

        /// <summary>Calls that wait for a store at once; one more is refused at once.</summary>
        public const int WaitingCalls = 32_768;

        /// <summary>Reads that load a grain which a store works on at once; the others wait for their turn. Other reads have no turns. Enough to keep it busy, and few enough that each is answered soon.</summary>
        public const int ReadsAtOnce = 32;

        /// <summary>A read that waits for its turn is refused when none of them has been answered for so long.</summary>
        public static TimeSpan Standstill { get; } = TimeSpan.FromSeconds(2);

        /// <summary>Entries that one call reads from a ledger.</summary>
        public const int ListedEntries = 1000;

        /// <summary>Writes that share one commit of the embedded store.</summary>
        public const int WritesPerCommit = 1024;

        /// <summary>Entries at the end of the embedded store's log that are in memory only and not yet in the tables by customer; when there are more, some are folded into these. A start reads them all.</summary>
        public const int UnfoldedRows = 32_768;

        /// <summary>Entries that are folded in one transaction; the next write waits for it.</summary>
        public const int FoldedAtOnce = 1024;

        /// <summary>How long an embedded store that is opened waits for whoever holds its write-ahead log.</summary>
        public static TimeSpan CarryOver { get; } = TimeSpan.FromSeconds(5);

        /// <summary>Connections that read the embedded store.</summary>
        public const int Readers = 4;

        /// <summary>Largest file of the embedded store, in bytes, that is checked as a whole at start; of a larger one, the header and schema are.</summary>
        public const long CheckedFileBytes = 256L * 1024 * 1024;

        /// <summary>How long connecting to Redis may take.</summary>
        public static TimeSpan RedisConnect { get; } = TimeSpan.FromSeconds(2);

        /// <summary>How long a Sentinel may take to name the primary; one that takes longer is left out.</summary>
        public static TimeSpan SentinelAnswer { get; } = TimeSpan.FromMilliseconds(300);

        /// <summary>How often a lost connection to Redis is tried again.</summary>
        public static TimeSpan RedisReconnect { get; } = TimeSpan.FromMilliseconds(500);

        /// <summary>How long a lost connection to Redis is left to the client to mend; then a new one is made.</summary>
        public static TimeSpan RedisRenew { get; } = TimeSpan.FromSeconds(5);

        /// <summary>How often an idle connection to Redis is tried; one that stays silent is given up.</summary>
        public static TimeSpan RedisKeepAlive { get; } = TimeSpan.FromSeconds(5);

        /// <summary>How long connecting to Redis and looking at it may take together.</summary>
        public static TimeSpan RedisPrepare { get; } = TimeSpan.FromSeconds(30);

        /// <summary>How long the write of a health check may take before the store counts as frozen: with <see cref="HealthKept"/>, a frozen store is seen within 2 s.</summary>
        public static TimeSpan HealthAnswer { get; } = TimeSpan.FromSeconds(1);

        /// <summary>What that write showed is told again for so long.</summary>
        public static TimeSpan HealthKept { get; } = TimeSpan.FromMilliseconds(250);

        /// <summary>How often a silo makes that write on Redis by itself, so that it notices what went wrong with nobody asking.</summary>
        public static TimeSpan WatchedEvery { get; } = TimeSpan.FromSeconds(2);

        /// <summary>How far the clock of a machine may differ from that of its Redis.</summary>
        public static TimeSpan ClocksApart { get; } = TimeSpan.FromSeconds(5);

        /// <summary>Bytes in one stored payload.</summary>
        public const int PayloadBytes = 1024 * 1024;
    }
}
