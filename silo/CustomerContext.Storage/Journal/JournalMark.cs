using System.Globalization;

namespace CustomerContext.Storage.Journal;

/// <summary>
/// What the store knows of journals: the names of all that it has seen, and for each the number of a line up to which it has everything for certain. A store brought back from a backup has
/// earlier numbers.
/// </summary>
internal static class JournalMark
{
    private const string All = "withdrawals";

    /// <summary>The number for the journal of this name; 0 if the store has never seen it.</summary>
    public static async Task<long> Read(IStoreNotes notes, string name) =>
        await notes.ReadAsync(Of(name)) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;

    public static Task Write(IStoreNotes notes, string name, long number) => notes.WriteAsync(Of(name), number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The names of the journals that belong to the store.</summary>
    public static async Task<string[]> Names(IStoreNotes notes) => (await notes.ReadAsync(All))?.Split(' ') ?? [];

    /// <summary>From now on these belong to it. Of silos that start at the same moment one may be left out, until it starts again.</summary>
    public static Task Belong(IStoreNotes notes, IEnumerable<string> names) => notes.WriteAsync(All, string.Join(' ', names));

    private static string Of(string name) => $"{All}/{name}";
}
