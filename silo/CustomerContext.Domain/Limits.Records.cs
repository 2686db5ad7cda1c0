namespace CustomerContext.Domain;

/// <summary>Bounds of records: receipts, disclosures, export, erasure.</summary>
public static partial class Limits
{
    /// <summary>How long things are kept, and how the customer gets them.</summary>
    public static class Records
    {
        /// <summary>Calendar months without a signal or a change of consent after which a customer is erased.</summary>
        public const int IdleMonths = 13;

        /// <summary>Calendar months that a record of a look is kept; older ones are pruned behind a signed checkpoint.</summary>
        public const int DisclosureMonths = 24;

        /// <summary>Days that refused looks are counted and shown, today included.</summary>
        public const int RefusedDays = 90;

        /// <summary>Refused looks that wait to be written, at most, as tenants x days; more are counted together with the next.</summary>
        public const int RefusedWaiting = 64;

        /// <summary>Bytes in one piece of an export.</summary>
        public const int ExportPieceBytes = 65_536;

        /// <summary>Records pushed in one step of a watch on disclosures.</summary>
        public const int WatchedRecords = 100;

        /// <summary>Entries that one step of an erasure or of pruning works on.</summary>
        public const int EntriesPerStep = 200;

        /// <summary>Customers that are looked at in one minute because their time has come.</summary>
        public const int HousekeptAtOnce = 1_000;

        /// <summary>Calendar months after which a start makes a new signing key.</summary>
        public const int SigningKeyMonths = 12;

        /// <summary>Lines of the journal of withdrawals after which the store notes how far it has come.</summary>
        public const int JournalMark = 256;

        /// <summary>How long refused looks wait before they are written together; then what only refused, or was nobody's, leaves memory.</summary>
        public static TimeSpan RefusedWrite { get; } = TimeSpan.FromSeconds(3);

        /// <summary>Longest time between two looks at whether a customer is idle or has records to prune.</summary>
        public static TimeSpan Housekeeping { get; } = TimeSpan.FromDays(30);

        /// <summary>How often an erasure that did not finish is tried again.</summary>
        public static TimeSpan ErasureRetry { get; } = TimeSpan.FromMinutes(1);
    }
}
