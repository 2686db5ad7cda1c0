using System.Globalization;
using System.Text;

namespace CustomerContext.Domain.Sentiment.Words;

/// <summary>The word lists beside this file: a line is a class, or a feeling from -4 to 4, and its members; # begins a remark, * ends a stem.</summary>
internal static class LexiconFiles
{
    /// <summary>Which list is of which language, those that decide first. A sign is of no language.</summary>
    public static (string Name, TextLanguage Language)[] All { get; } =
    [
        ("symbols.txt", TextLanguage.Other), ("emoji-emotion.txt", TextLanguage.Other),
        ("en-vader.txt", TextLanguage.English), ("en.txt", TextLanguage.English),
        ("de.txt", TextLanguage.German),
        ("fr.txt", TextLanguage.French), ("fr-pattern.txt", TextLanguage.French),
        ("es.txt", TextLanguage.Spanish),
        ("it.txt", TextLanguage.Italian), ("it-pattern.txt", TextLanguage.Italian),
        ("pt.txt", TextLanguage.Portuguese),
        ("nl.txt", TextLanguage.Dutch), ("nl-pattern.txt", TextLanguage.Dutch),
    ];

    /// <summary>The words of one list.</summary>
    /// <exception cref="InvalidDataException">The list is damaged.</exception>
    public static IEnumerable<(string Word, LexiconEntry Entry)> Read(string name)
    {
        using var stream = typeof(LexiconFiles).Assembly.GetManifestResourceStream(typeof(LexiconFiles), name)
            ?? throw new InvalidDataException($"The word list {name} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var kind, .. var words] && kind != "#")
            {
                foreach (var word in words)
                {
                    // A variation selector says how an emoji is drawn, not what it means.
                    yield return (word.Replace("\uFE0F", "", StringComparison.Ordinal), Entry(kind, name));
                }
            }
        }
    }

    private static LexiconEntry Entry(string kind, string name) => kind switch
    {
        "not" => new(WordClass.Not, 0),
        "more" => new(WordClass.More, 0),
        "less" => new(WordClass.Less, 0),
        "but" => new(WordClass.But, 0),
        _ when float.TryParse(kind, CultureInfo.InvariantCulture, out var feeling) && Math.Abs(feeling) <= 4 => new(WordClass.Feeling, feeling),
        _ => throw new InvalidDataException($"The word list {name} has a line that begins with {kind}."),
    };
}
