using System.Text;

namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>Puts the tables into a document, between two marks.</summary>
internal static class SentimentDocument
{
    private const string Begin = "<!-- figures: written by the benchmark -->";
    private const string End = "<!-- end of figures -->";

    /// <exception cref="FormatException">The document has no marks.</exception>
    public static void Write(string path, SentimentReport report)
    {
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new FormatException($"{path} has no marks \"{Begin}\" and \"{End}\".");
        }

        var tables = new StringBuilder();
        foreach (var (title, rows) in SentimentTables.All(report))
        {
            tables.Append($"\n**{title}**\n\n");
            Append(tables, rows[0]);
            Append(tables, [.. rows[0].Select(_ => "---")]);
            foreach (var row in rows[1..])
            {
                Append(tables, row);
            }
        }

        File.WriteAllText(path, $"{text[..begin]}{Begin}\n{tables}\n{text[end..]}");
    }

    private static void Append(StringBuilder tables, string[] cells) => tables.Append($"| {string.Join(" | ", cells)} |\n");
}
