using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Topics;

/// <summary>Words and phrases with what they mean, ready to be found in one pass. Immutable.</summary>
internal sealed class Lexicon(
    WordTrie trie, Meaning[] meanings, FrozenDictionary<UInt128, Meaning> phrases, ImmutableArray<string> topics, ImmutableArray<bool> general)
{
    private const int Lane = 16;

    /// <summary>The lists of the product.</summary>
    public static Lexicon Shared { get; } = Load();

    /// <summary>The names of the topics, by number.</summary>
    public ImmutableArray<string> Topics => topics;

    /// <summary>True if a topic says little alone.</summary>
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

    /// <summary>A lexicon of names only, each its own topic, as a tenant's products are.</summary>
    public static Lexicon OfNames(IEnumerable<string> names)
    {
        var builder = new LexiconBuilder();
        foreach (var name in names)
        {
            builder.AddTopic([TextLanguage.Other, .. LanguageSet.Listed], name, name.Replace('-', ' '));
        }

        return builder.Build();
    }

    private static Lexicon Load()
    {
        var builder = new LexiconBuilder();
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

    private static void AddTopics(LexiconBuilder builder, string list, IReadOnlyList<TextLanguage> languages)
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
