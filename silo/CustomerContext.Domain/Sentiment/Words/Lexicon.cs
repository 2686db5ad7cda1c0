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
