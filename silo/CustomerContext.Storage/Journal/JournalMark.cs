using System.Globalization;

namespace CustomerContext.Storage.Journal;

/// <summary>
/// What the store knows of journals: that there is one, and the number of a line up to which it has everything for certain. A store brought back from a backup has an
/// earlier number.
/// </summary>
internal static class JournalMark
{
    private const string Any = "withdrawals";

    /// <summary>The number for the journal of this name; absent if the store has never seen it.</summary>
    public static async Task<long?> Read(IStoreNotes notes, string name) =>
        await notes.ReadAsync(Of(name)) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public static async Task Write(IStoreNotes notes, string name, long number)
    {
        await notes.WriteAsync(Of(name), number.ToString(CultureInfo.InvariantCulture));
        await notes.WriteAsync(Any, name);
    }

    /// <summary>True if the store has a journal and <paramref name="file"/> is absent or lacks lines that the store has seen.</summary>
    public static async Task<bool> IsLost(IStoreNotes notes, JournalFile? file, long marked) =>
        file is null ? await notes.ReadAsync(Any) is not null : file.Last < marked;

    private static string Of(string name) => $"{Any}/{name}";
}
