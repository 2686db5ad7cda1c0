using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Topics;

/// <summary>Words and phrases with what they mean, ready to be found in one pass. Immutable.</summary>
internal sealed class TopicVocabulary(
    WordTrie trie, Meaning[] meanings, FrozenDictionary<UInt128, Meaning> phrases, ImmutableArray<string> topics, ImmutableArray<bool> general)
{
    private const int Lane = 16;

    /// <summary>The lists of the product.</summary>
    public static TopicVocabulary Shared { get; } = Load();

    /// <summary>The names of the topics, by number.</summary>
    public ImmutableArray<string> Topics => topics;

    /// <summary>True if a topic is general, so that it ranks below all others of a text.</summary>
    public bool IsGeneral(ushort topic) => general[topic];

    /// <summary>The next step of a walk along a word.</summary>
    public void Step(ref WordTrie.Walk walk, byte symbol) => trie.Step(ref walk, symbol);

    /// <summary>The number of the word walked; 0 if it is not listed.</summary>
    public ushort End(WordTrie.Walk walk) => trie.End(walk);

    /// <summary>What a word means.</summary>
    public Meaning Of(ushort word) => meanings[word];

    /// <summary>What a phrase means, by the numbers of its words; absent if it is not listed.</summary>
    public Meaning? Phrase(UInt128 words) => phrases.GetValueOrDefault(words);

    /// <summary>A sequence of words with one more: the last eight, 16 bits each.</summary>
    public static UInt128 Append(UInt128 words, ushort word) => (words << Lane) | word;

    /// <summary>The last <paramref name="count"/> words of a sequence; 0 if there are not as many that are listed.</summary>
    public static UInt128 Last(UInt128 words, int count)
    {
        var last = words & ((UInt128.One << (Lane * count)) - 1);
        return last >> (Lane * (count - 1)) == 0 ? 0 : last;
    }

    /// <summary>A vocabulary of names only, each its own topic, as a tenant's products are.</summary>
    public static TopicVocabulary OfNames(IEnumerable<string> names)
    {
        var builder = new TopicVocabularyBuilder();
        foreach (var name in names)
        {
            builder.AddTopic([TextLanguage.Other, .. LanguageSet.Listed], name, name.Replace('-', ' '));
        }

        return builder.Build();
    }

    private static TopicVocabulary Load()
    {
        var builder = new TopicVocabularyBuilder();
        AddTopics(builder, "any", LanguageSet.Listed);
        foreach (var language in LanguageSet.Listed)
        {
            var tag = LanguageSet.Tag(language);
            AddTopics(builder, tag, [language]);
            foreach (var word in ListFile.Words($"stop-{tag}"))
            {
                builder.AddStop(language, word);
            }

            foreach (var (_, entry) in ListFile.Read($"deny-{tag}"))
            {
                builder.AddDenied(language, entry);
            }
        }

        return builder.Build();
    }

    private static void AddTopics(TopicVocabularyBuilder builder, string list, IReadOnlyList<TextLanguage> languages)
    {
        foreach (var (key, entry) in ListFile.Read($"topics-{list}"))
        {
            switch (key)
            {
                case "general":
                    builder.AddGeneral(entry);
                    break;
                case "words":
                    builder.AddNameWord(entry);
                    break;
                default:
                    builder.AddTopic(languages, key, entry);
                    break;
            }
        }
    }
}

/// <summary>What a word or phrase of the lists means, by language (sets of <see cref="LanguageSet.Bit"/>).</summary>
internal sealed class Meaning
{
    /// <summary>In which languages it is a stop word.</summary>
    public byte Stop { get; set; }

    /// <summary>In texts of which languages it is denied.</summary>
    public byte Denied { get; set; }

    /// <summary>In texts of which languages it takes back that one of its words is denied.</summary>
    public byte Harmless { get; set; }

    /// <summary>True if it may stand in the name of a topic, although it is none.</summary>
    public bool IsNameWord { get; set; }

    /// <summary>True if a phrase ends with it.</summary>
    public bool EndsPhrase { get; set; }

    /// <summary>The topic by language, 0 for none; at <see cref="TextLanguage.Other"/> that of any.</summary>
    public ushort[] Topics { get; } = new ushort[LanguageSet.Listed.Count + 1];

    /// <summary>True if it means a topic in any language.</summary>
    public bool IsTopic => Topics[(int)TextLanguage.Other] != 0;

    /// <summary>True if the allow-list has it in any language.</summary>
    public bool IsAllowed => IsNameWord || IsTopic;

    /// <summary>Says that it means <paramref name="topic"/> in a language; what was said first stands.</summary>
    public void Mean(TextLanguage language, ushort topic)
    {
        foreach (var place in (ReadOnlySpan<int>)[(int)language, (int)TextLanguage.Other])
        {
            Topics[place] = Topics[place] == 0 ? topic : Topics[place];
        }
    }

    /// <summary>Takes over what a stem of it means, where it says nothing itself.</summary>
    public void Inherit(Meaning stem)
    {
        Denied |= stem.Denied;
        IsNameWord |= stem.IsNameWord;
        for (var language = 0; language < Topics.Length; language++)
        {
            Topics[language] = Topics[language] == 0 ? stem.Topics[language] : Topics[language];
        }
    }
}

/// <summary>Sets of languages as bits. <see cref="TextLanguage.Other"/> also stands for a text whose language is not known; such a text is read with the lists of all languages.</summary>
internal static class LanguageSet
{
    /// <summary>All of them.</summary>
    public const byte All = 0xFF;

    /// <summary>Those that have lists.</summary>
    public static IReadOnlyList<TextLanguage> Listed { get; } = [.. Enum.GetValues<TextLanguage>().Where(language => language != TextLanguage.Other)];

    /// <summary>The language of a BCP 47 tag; null and empty are not known.</summary>
    public static TextLanguage Of(string? tag) => TextLanguages.Of(tag) ?? TextLanguage.Other;

    /// <summary>The name in the files of a listed language: its tag.</summary>
    public static string Tag(TextLanguage language) => TextLanguages.Tag(language) ?? throw new ArgumentOutOfRangeException(nameof(language), "It has no lists.");

    /// <summary>The bit of one language.</summary>
    public static byte Bit(this TextLanguage language) => (byte)(1 << (int)language);
}

/// <summary>
/// Words and stems, walked symbol by symbol (<see cref="Folding"/>) while a text is read. A word's number is that of the whole word if it is listed,
/// else that of its longest listed stem, else 0.
/// </summary>
internal sealed class WordTrie
{
    private readonly List<int[]> _next = [new int[Folding.Symbols]];
    private readonly List<(ushort Word, ushort Stem)> _ends = [default];
    private int[] _flat = [];
    private (ushort Word, ushort Stem)[] _flatEnds = [];

    /// <summary>The number of a word or stem, added as <paramref name="number"/> if it is new.</summary>
    public ushort Add(ReadOnlySpan<byte> symbols, bool isStem, ushort number)
    {
        var node = 0;
        foreach (var symbol in symbols)
        {
            if (_next[node][symbol] == 0)
            {
                _next[node][symbol] = _next.Count;
                _next.Add(new int[Folding.Symbols]);
                _ends.Add(default);
            }

            node = _next[node][symbol];
        }

        var end = _ends[node];
        var known = isStem ? end.Stem : end.Word;
        if (known == 0)
        {
            _ends[node] = isStem ? end with { Stem = number } : end with { Word = number };
        }

        return known == 0 ? number : known;
    }

    /// <summary>Makes it ready to be walked; nothing is added after.</summary>
    public void Freeze()
    {
        _flat = [.. _next.SelectMany(static row => row)];
        _flatEnds = [.. _ends];
        _next.Clear();
        _ends.Clear();
    }

    /// <summary>One step on.</summary>
    public void Step(ref Walk walk, byte symbol)
    {
        var node = symbol < Folding.Symbols && walk.Node >= 0 ? _flat[(walk.Node * Folding.Symbols) + symbol] : 0;
        walk.Node = node == 0 ? -1 : node;
        if (node != 0 && _flatEnds[node].Stem is not 0 and var stem)
        {
            walk.Stem = stem;
        }
    }

    /// <summary>The number of the word walked.</summary>
    public ushort End(Walk walk) => walk.Node > 0 && _flatEnds[walk.Node].Word is not 0 and var word ? word : walk.Stem;

    /// <summary>Where a walk is: at the start if default.</summary>
    public struct Walk
    {
        /// <summary>The node; -1 where no listed word begins so.</summary>
        public int Node;

        /// <summary>The longest stem passed.</summary>
        public ushort Stem;
    }
}
