namespace CustomerContext.Storage.Journal;

/// <summary>Where withdrawals are noted outside the store.</summary>
public sealed record JournalOptions
{
    /// <summary>Name of the journal of a silo that is alone.</summary>
    public const string Alone = "withdrawals.journal";

    /// <summary>Names that journals have; each silo of a cluster writes one of its own, and all of the folder are read at start.</summary>
    internal const string Pattern = "withdrawals*.journal";

    /// <summary>Folder of the journals; made if there is none.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the file that this silo writes. Default: <see cref="Alone"/>.</summary>
    public string FileName { get; init; } = Alone;

    /// <summary>Go on though a journal that belongs to the store is lost: what was taken back since the store was backed up may come back. Default: false.</summary>
    public bool AcceptNew { get; init; }

    /// <summary>Name of the file that one silo of a cluster writes: the same at each start of it, and no other's.</summary>
    public static string OfSilo(string silo) => $"withdrawals-{silo}.journal";
}
