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

/// <summary>One word, stem or phrase as it stands in a list.</summary>
/// <param name="Parts">Its words, folded; at least one, at most six.</param>
/// <param name="IsLocal">Marked with '~': counts in its own language only.</param>
/// <param name="IsHarmless">Marked with '!': takes back that one of its words is denied.</param>
internal sealed record ListEntry(IReadOnlyList<ListPart> Parts, bool IsLocal, bool IsHarmless)
{
    /// <summary>Longest phrase, in words.</summary>
    public const int MostParts = 6;

    /// <summary>
    /// The ways to write <paramref name="text"/>: as it stands; where it has an umlaut or ß, also with its substitute (ae, oe, ue; ss is folded alike).
    /// </summary>
    public static IEnumerable<ListEntry> Of(string text)
    {
        var bare = text.TrimStart('~', '!');
        var marks = text[..^bare.Length];
        var written = bare.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal);
        yield return Read(bare, marks);
        if (written != bare)
        {
            yield return Read(written, marks);
        }
    }

    private static ListEntry Read(string text, string marks)
    {
        ListPart[] parts = [.. text.Split([' ', '\'', '-'], StringSplitOptions.RemoveEmptyEntries).Select(ListPart.Of)];
        return parts.Length is > 0 and <= MostParts && parts.All(part => part.Symbols.Length > 0)
            ? new ListEntry(parts, marks.Contains('~', StringComparison.Ordinal), marks.Contains('!', StringComparison.Ordinal))
            : throw new FormatException($"'{text}' is no word or phrase of at most {MostParts} words.");
    }
}

/// <summary>One word of an entry.</summary>
/// <param name="Symbols">Folded.</param>
/// <param name="IsStem">True if it stands for all words that begin so.</param>
internal sealed record ListPart(byte[] Symbols, bool IsStem)
{
    public static ListPart Of(string text)
    {
        var symbols = new List<byte>(text.Length);
        foreach (var unit in text.TrimEnd('*'))
        {
            foreach (var symbol in (ReadOnlySpan<byte>)[Folding.Symbol(unit), Folding.Second(unit)])
            {
                if (symbol != Folding.None)
                {
                    symbols.Add(symbol < Folding.Symbols ? symbol : throw new FormatException($"'{text}' has a letter that cannot be found."));
                }
            }
        }

        return new ListPart([.. symbols], text.EndsWith('*'));
    }
}
