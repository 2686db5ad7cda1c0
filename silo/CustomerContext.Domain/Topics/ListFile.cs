using System.Text;

namespace CustomerContext.Domain.Topics;

/// <summary>The lists in the folder Lists, which says in each file what its lines are.</summary>
internal static class ListFile
{
    /// <summary>The entries of a list, each with the key of its line; of lines without one, the key is empty.</summary>
    /// <exception cref="FormatException">A line is not as it should be.</exception>
    public static IEnumerable<(string Key, string Entry)> Read(string name)
    {
        using var stream = typeof(ListFile).Assembly.GetManifestResourceStream(typeof(ListFile), $"Lists.{name}.txt")
            ?? throw new FormatException($"There is no list '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var key = colon < 0 ? "" : line[..colon];
            foreach (var entry in line[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                yield return (key, entry);
            }
        }
    }

    /// <summary>The words of a list that has only words, with blanks between.</summary>
    public static IEnumerable<string> Words(string name) =>
        Read(name).SelectMany(line => line.Entry.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
