using CustomerContext.Domain;

namespace CustomerContext.Storage.Sqlite;

/// <summary>The embedded store: everything in one file of one process.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>
    /// Path of the file; its folder is made if there is none. Beside it lie SQLite's own <c>-wal</c> and <c>-shm</c>, and <c>.lock</c>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>How long the ledger may take to answer. Default: <see cref="Limits.Storage.LedgerDeadline"/>.</summary>
    public TimeSpan LedgerDeadline { get; init; } = Limits.Storage.LedgerDeadline;

    /// <summary>How long grain storage may take to answer. Default: <see cref="Limits.Storage.GrainStorageDeadline"/>.</summary>
    public TimeSpan GrainStorageDeadline { get; init; } = Limits.Storage.GrainStorageDeadline;

    /// <summary>Entries of the log that are not folded at most. Fewer in tests of what folding does.</summary>
    internal int UnfoldedRows { get; init; } = Limits.Storage.UnfoldedRows;

    /// <summary>Pages (of 4 KiB) written ahead before they go to their places: a page that changes often is then moved once for many changes.</summary>
    internal int CheckpointPages { get; init; } = 4096;
}
