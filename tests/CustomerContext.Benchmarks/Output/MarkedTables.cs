using System.Text;

namespace CustomerContext.Benchmarks.Output;

/// <summary>Puts tables into a document, between two marks.</summary>
internal static class MarkedTables
{
    private const string Begin = "<!-- figures: written by the benchmark -->";
    private const string End = "<!-- end of figures -->";

    /// <param name="path">The document.</param>
    /// <param name="parts">Titles with their tables, the heading of each first.</param>
    /// <exception cref="FormatException">The document has no marks.</exception>
    public static void Write(string path, IEnumerable<(string Title, IReadOnlyList<string[]> Rows)> parts)
    {
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new FormatException($"{path} has no marks \"{Begin}\" and \"{End}\".");
        }

        var tables = new StringBuilder();
        foreach (var (title, rows) in parts)
        {
            tables.Append($"\n**{title}**\n\n");
            Append(tables, rows[0]);
            Append(tables, [.. rows[0].Select(_ => "---")]);
            foreach (var row in rows.Skip(1))
            {
                Append(tables, row);
            }
        }

        File.WriteAllText(path, $"{text[..begin]}{Begin}\n{tables}\n{text[end..]}");
    }

    private static void Append(StringBuilder tables, string[] cells) => tables.Append($"| {string.Join(" | ", cells)} |\n");
}
