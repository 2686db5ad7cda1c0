namespace CustomerContext.Storage;

/// <summary>
/// Version of everything that a store holds: tables, keys and payloads. Until the format is frozen there is no migration: raise it with every change, and a store of another version is refused.
/// </summary>
internal static class StoreFormat
{
    /// <summary>What this program reads and writes.</summary>
    public const int Version = 12;

    /// <summary>What the operator is told about a store of <paramref name="found"/>, which is not <see cref="Version"/>.</summary>
    public static StorageStartException Refusal(string store, long found) => new(
        $"{store} was written by {(found < Version ? "an older" : "a newer")} version of CustomerContext (its format is {found}, this one's is {Version}); it was left untouched. "
        + "Start the version that wrote it, or begin anew with an empty data folder (and an empty Redis).");
}
