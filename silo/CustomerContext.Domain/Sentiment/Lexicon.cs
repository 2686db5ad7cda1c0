using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CustomerContext.Domain.Sentiment;

/// <summary>What a token does to the feeling of a text.</summary>
internal enum TokenClass
{
    Feeling,
    Not,
    More,
    Less,
    But,
}

/// <summary>One entry of the word list; <paramref name="Feeling"/> is -4 to 4.</summary>
internal readonly record struct LexiconEntry(TokenClass Class, double Feeling);

/// <summary>The word list beside this file.</summary>
internal static class Lexicon
{
    public static FrozenDictionary<string, LexiconEntry> English { get; } = Read("lexicon-en.txt");

    private static FrozenDictionary<string, LexiconEntry> Read(string name)
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream(typeof(Lexicon), name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var entries = new Dictionary<string, LexiconEntry>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var kind, .. var words] && kind != "#")
            {
                var entry = double.TryParse(kind, CultureInfo.InvariantCulture, out var feeling)
                    ? new LexiconEntry(TokenClass.Feeling, feeling)
                    : new LexiconEntry(Enum.Parse<TokenClass>(kind, ignoreCase: true), 0);
                foreach (var word in words)
                {
                    entries.Add(word, entry);
                }
            }
        }

        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
