using System.Collections.Immutable;

namespace CustomerContext.Storage;

/// <summary>The secrets that a deployment's stored data depend on, without the secrets.</summary>
/// <param name="File">Path of their file, for the operator.</param>
/// <param name="Fingerprints">One for each key, in the order of the file; the first stays for ever, later ones are added at the end.</param>
/// <param name="IsNew">True if this start made them, and they are in memory only.</param>
/// <param name="Save">Writes new ones to their file, unless somebody else has; false then.</param>
public sealed record DeploymentKeys(string File, ImmutableArray<string> Fingerprints, bool IsNew, Func<bool> Save);

/// <summary>
/// Keeps the fingerprints of the deployment's keys in the store. With other keys nobody's identifiers would be found again, and everybody would seem to be a stranger, so a store is
/// served only with the keys that it was filled with.
/// </summary>
internal sealed class KeyCheck(IStoreNotes notes, DeploymentKeys keys)
{
    private const string Note = "identity-key";

    /// <summary>Compares the keys with the store's, and saves new ones if the store is new.</summary>
    /// <exception cref="StorageStartException">The store belongs to other keys.</exception>
    public async Task RunAsync()
    {
        ImmutableArray<string> known = [.. (await notes.ReadAsync(Note))?.Split(' ') ?? []];
        if (keys.IsNew && known.Length > 0)
        {
            throw new StorageStartException(
                $"{keys.File} is missing, and the store was filled with the key {known[0]}. Bring that file back from your backup: with a new key every customer would be lost. "
                + "To begin anew, name an empty data folder (and an empty Redis).");
        }

        // Lines between the first and the last may be deleted; those two hash something for certain.
        if (known.Length > 0 && (keys.Fingerprints[0] != known[0] || !keys.Fingerprints.Contains(known[^1])))
        {
            throw new StorageStartException(
                $"{keys.File} holds the key {string.Join(", ", keys.Fingerprints)}, and the store was filled with {string.Join(", ", known)}. "
                + "Bring the store's own file back from your backup, or name the data folder that belongs to this store.");
        }

        // The file first: a store must never know a key that nobody has.
        if (keys.IsNew && !keys.Save())
        {
            throw new StorageStartException($"Another silo has just made {keys.File}. Start this one again; it then has the same key.");
        }

        var own = string.Join(' ', keys.Fingerprints);
        if (known.IsEmpty && await notes.WriteOnceAsync(Note, own) is var first && first != own)
        {
            throw new StorageStartException(
                $"Another silo has just filled this store with the key {first}, and {keys.File} holds {own}. All silos need the same file: bring that of the other one here, or name the folder that they share (--keys).");
        }

        if (!known.IsEmpty && !known.SequenceEqual(keys.Fingerprints))
        {
            await notes.WriteAsync(Note, own);
        }
    }
}
