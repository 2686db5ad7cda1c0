using System.Collections.Frozen;
using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Topics;

/// <summary>Builds from the word lists a <see cref="TopicVocabulary"/>.</summary>
internal sealed class TopicVocabularyBuilder
{
    private readonly WordTrie _trie = new();
    private readonly List<Meaning> _meanings = [new()];
    private readonly Dictionary<(string Symbols, bool IsStem), ushort> _numbers = [];
    private readonly List<(ListEntry Entry, Action<Meaning> Mean)> _phrases = [];
    private readonly List<string> _topics = [""];
    private readonly HashSet<string> _general = new(StringComparer.Ordinal);

    /// <summary>Says that a topic is general: it ranks below all others of a text.</summary>
    public void AddGeneral(string topic) => _general.Add(topic);

    /// <summary>Adds a stop word.</summary>
    public void AddStop(TextLanguage language, string word) => Add(word, meaning => meaning.Stop |= language.Bit());

    /// <summary>Adds a word that may stand in names of topics.</summary>
    public void AddNameWord(string entry) => Add(entry, meaning => meaning.IsNameWord = true);

    /// <summary>Adds a word, stem or phrase that means a topic in a language, or in all of them.</summary>
    public void AddTopic(IEnumerable<TextLanguage> languages, string topic, string entry)
    {
        var number = _topics.IndexOf(topic);
        if (number < 0)
        {
            number = _topics.Count;
            _topics.Add(topic);
        }

        foreach (var language in languages)
        {
            Add(entry, meaning => meaning.Mean(language, (ushort)number));
        }

        // The words of a phrase may stand in names of topics, too.
        foreach (var part in ListEntry.Of(entry).Where(each => each.Parts.Count > 1).SelectMany(each => each.Parts))
        {
            _meanings[Number(part)].IsNameWord = true;
        }
    }

    /// <summary>Adds what is denied, or harmless although denied, as its marks say.</summary>
    public void AddDenied(TextLanguage language, string entry)
    {
        foreach (var each in ListEntry.Of(entry))
        {
            var where = each.IsLocal ? (byte)(language.Bit() | TextLanguage.Other.Bit()) : LanguageSet.All;
            Add(each, meaning =>
            {
                meaning.Denied |= each.IsHarmless ? (byte)0 : where;
                meaning.Harmless |= each.IsHarmless ? where : (byte)0;
            });
        }
    }

    /// <summary>The vocabulary of all that was added.</summary>
    public TopicVocabulary Build()
    {
        foreach (var part in _phrases.SelectMany(phrase => phrase.Entry.Parts))
        {
            Number(part);
        }

        InheritFromStems();
        var phrases = new Dictionary<UInt128, Meaning>();
        foreach (var (entry, mean) in _phrases)
        {
            foreach (var key in Keys(entry.Parts, 0))
            {
                var meaning = phrases.TryGetValue(key, out var known) ? known : phrases[key] = new Meaning();
                mean(meaning);
            }
        }

        _trie.Freeze();
        return new TopicVocabulary(_trie, [.. _meanings], phrases.ToFrozenDictionary(), [.. _topics], [.. _topics.Select(_general.Contains)]);
    }

    /// <summary>What a stem means, all longer words and stems mean too, the longest stem before the others.</summary>
    private void InheritFromStems()
    {
        foreach (var ((symbols, isStem), number) in _numbers)
        {
            for (var length = symbols.Length - (isStem ? 1 : 0); length > 0; length--)
            {
                if (_numbers.TryGetValue((symbols[..length], true), out var stem))
                {
                    _meanings[number].Inherit(_meanings[stem]);
                }
            }
        }
    }

    private void Add(string entry, Action<Meaning> mean)
    {
        foreach (var each in ListEntry.Of(entry))
        {
            Add(each, mean);
        }
    }

    private void Add(ListEntry entry, Action<Meaning> mean)
    {
        if (entry.Parts is [var word])
        {
            mean(_meanings[Number(word)]);
        }
        else
        {
            _phrases.Add((entry, mean));
        }
    }

    private ushort Number(ListPart part)
    {
        var key = (Symbols(part), part.IsStem);
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = _trie.Add(part.Symbols, part.IsStem, checked((ushort)_meanings.Count));
            _numbers[key] = number;
            _meanings.Add(new Meaning());
        }

        return number;
    }

    /// <summary>The keys of a phrase from its part <paramref name="at"/> on: a stem stands for every listed word and stem that begins so.</summary>
    private IEnumerable<UInt128> Keys(IReadOnlyList<ListPart> parts, int at, UInt128 before = default)
    {
        foreach (var number in Numbers(parts[at]))
        {
            var key = TopicVocabulary.Append(before, number);
            if (at == parts.Count - 1)
            {
                _meanings[number].EndsPhrase = true;
                yield return key;
            }
            else
            {
                foreach (var longer in Keys(parts, at + 1, key))
                {
                    yield return longer;
                }
            }
        }
    }

    private IEnumerable<ushort> Numbers(ListPart part) => part.IsStem
        ? _numbers.Where(other => other.Key.Symbols.StartsWith(Symbols(part), StringComparison.Ordinal)).Select(other => other.Value)
        : [Number(part)];

    private static string Symbols(ListPart part) => string.Concat(part.Symbols.Select(symbol => (char)('0' + symbol)));
}
