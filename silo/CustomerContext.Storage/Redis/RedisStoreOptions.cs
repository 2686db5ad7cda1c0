using CustomerContext.Domain;

namespace CustomerContext.Storage.Redis;

/// <summary>A store in Redis, for one silo or several.</summary>
public sealed record RedisStoreOptions
{
    /// <summary>Where it is, and how it is entered.</summary>
    public required RedisAccess Access { get; init; }

    /// <summary>Folder of the file that names the store; made if there is none.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// Use a Redis that may lose what it acknowledged: no append-only file, or one that is rarely flushed, or keys that may be evicted. Default:
    /// false.
    /// </summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Take the Redis as it is for the store from now on, though it is empty or another one than before. Default: false.</summary>
    public bool AcceptStore { get; init; }

    /// <summary>How long the ledger may take to answer. Default: <see cref="Limits.Storage.LedgerDeadline"/>.</summary>
    public TimeSpan LedgerDeadline { get; init; } = Limits.Storage.LedgerDeadline;

    /// <summary>How long grain storage may take to answer. Default: <see cref="Limits.Storage.GrainStorageDeadline"/>.</summary>
    public TimeSpan GrainStorageDeadline { get; init; } = Limits.Storage.GrainStorageDeadline;

    /// <summary>How far this process' clock may differ from the Redis'. Default: <see cref="Limits.Storage.ClocksApart"/>.</summary>
    public TimeSpan ClocksApart { get; init; } = Limits.Storage.ClocksApart;
}
