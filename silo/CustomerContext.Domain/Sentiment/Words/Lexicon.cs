using System.Globalization;
using System.Text;
using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.Domain.Sentiment.Words;

/// <summary>All words and stems of all languages, and signs, by hash. Reading it allocates nothing.</summary>
internal sealed class Lexicon
{
    private const ulong WordSalt = 1;
    private const int WordBits = 16;
    private const int StemBits = 13;
    private const int StemHeadBits = 15;
    private const int ShortestStem = 3;
    private const int LongestEmoticon = 6;

    private readonly HashTable _words = new(WordBits);
    private readonly HashTable _stems = new(StemBits);
    private readonly HashFilter _stemHeads = new(StemHeadBits);
    private readonly bool[] _beginsEmoticon = new bool[128];

    private Lexicon()
    {
        foreach (var (name, language) in LexiconFiles.All)
        {
            foreach (var (word, entry) in LexiconFiles.Read(name))
            {
                Add(word, entry, language);
            }
        }
    }

    /// <summary>The lists beside this file; the first that names a word decides.</summary>
    public static Lexicon Shared { get; } = new();

    /// <summary>The word itself, or else the longest stem that it begins with.</summary>
    public LexiconEntry Find(Word word, TextLanguage language)
    {
        var entry = _words.Find(Hash.Salt(word.Hash, WordSalt + (ulong)language));
        return entry.Class == WordClass.Unknown ? FindStem(word.Letters, language) : entry;
    }

    /// <summary>An emoji.</summary>
    public LexiconEntry Find(ReadOnlySpan<char> symbol) => _words.Find(Hash.Of(symbol));

    /// <summary>The longest emoticon at the beginning of <paramref name="text"/>, and its length; 0 if there is none.</summary>
    public (int Length, LexiconEntry Entry) FindEmoticon(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[1] == ' ' || text[0] >= _beginsEmoticon.Length || !_beginsEmoticon[text[0]])
        {
            return default;
        }

        var (longest, found, hash) = (0, default(LexiconEntry), Hash.Seed);
        for (var i = 0; i < Math.Min(LongestEmoticon, text.Length); i++)
        {
            hash = Hash.Add(hash, char.ToLowerInvariant(text[i]));
            var ends = i + 1 == text.Length || !char.IsLetterOrDigit(text[i]) || !char.IsLetterOrDigit(text[i + 1]);
            if (i > 0 && ends && _words.Find(hash) is { Class: not WordClass.Unknown } entry)
            {
                (longest, found) = (i + 1, entry);
            }
        }

        return (longest, found);
    }

    private LexiconEntry FindStem(ReadOnlySpan<char> letters, TextLanguage language)
    {
        // Most words begin like no stem.
        if (letters.Length < ShortestStem || !_stemHeads.MayHave(HashOf(letters[..ShortestStem], language)))
        {
            return default;
        }

        var longest = default(LexiconEntry);
        for (var length = ShortestStem; length <= letters.Length; length++)
        {
            if (_stems.Find(HashOf(letters[..length], language)) is { Class: not WordClass.Unknown } entry)
            {
                longest = entry;
            }
        }

        return longest;
    }

    private static ulong HashOf(ReadOnlySpan<char> word, TextLanguage language) => Hash.Salt(Hash.Of(word), WordSalt + (ulong)language);

    private void Add(string word, LexiconEntry entry, TextLanguage language)
    {
        if (!char.IsLetter(word[0]))
        {
            _words.Add(Hash.Of(word), entry);
            if (char.IsAscii(word[0]))
            {
                _beginsEmoticon[word[0]] = true;
            }
        }
        else if (word[^1] == '*')
        {
            _stems.Add(HashOf(word.AsSpan(0, word.Length - 1), language), entry);
            _stemHeads.Add(HashOf(word.AsSpan(0, ShortestStem), language));
        }
        else
        {
            _words.Add(HashOf(word, language), entry);
        }
    }
}

/// <summary>What a word does to the feeling of a text.</summary>
internal enum WordClass : byte
{
    /// <summary>Nothing is known of it.</summary>
    Unknown,

    /// <summary>It has a feeling of its own.</summary>
    Feeling,

    /// <summary>Turns what follows round.</summary>
    Not,

    /// <summary>Strengthens what follows.</summary>
    More,

    /// <summary>Weakens what follows.</summary>
    Less,

    /// <summary>What follows counts more than what went before.</summary>
    But,
}

/// <summary>What is known of a word; <paramref name="Feeling"/> is -4 to 4.</summary>
internal readonly record struct LexiconEntry(WordClass Class, float Feeling);

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
