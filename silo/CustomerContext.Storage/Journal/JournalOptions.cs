namespace CustomerContext.Storage.Journal;

/// <summary>Where withdrawals are noted outside the store.</summary>
public sealed record JournalOptions
{
    /// <summary>Name of the journal in the data folder.</summary>
    public const string FileName = "withdrawals.journal";

    /// <summary>Folder of the journal; made if there is none.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Go on though the journal that belongs to the store is lost: what was taken back since the store was backed up may come back. Default: false.</summary>
    public bool AcceptNew { get; init; }
}
