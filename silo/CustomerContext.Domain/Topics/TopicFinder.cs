using System.Runtime.CompilerServices;
using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Topics;

/// <summary>
/// Finds the topics of a text, and whether it names anything denied, in one pass without allocation. Addresses of pages and people (URLs, @names) are passed over; the words
/// of a hashtag count more than others.
/// </summary>
internal ref struct TopicFinder
{
    private readonly TopicVocabulary _vocabulary;
    private readonly TextLanguage _language;
    private readonly byte _stops;
    private TopicMentions _mentions;
    private UInt128 _words;
    private UInt128 _content;
    private Span<int> _places;
    private int _place;
    private bool _isHashtag;

    private TopicFinder(TopicVocabulary vocabulary, TextLanguage language, Span<int> places)
    {
        _vocabulary = vocabulary;
        _language = language;
        _stops = language == TextLanguage.Other ? LanguageSet.All : language.Bit();
        _places = places;
    }

    /// <summary>What <paramref name="text"/>, in <paramref name="language"/>, mentions of <paramref name="vocabulary"/>.</summary>
    public static TopicMentions Find(TopicVocabulary vocabulary, ReadOnlySpan<char> text, TextLanguage language)
    {
        var finder = new TopicFinder(vocabulary, language, stackalloc int[ListEntry.MostParts]);
        finder.Read(text);
        return finder._mentions;
    }

    private void Read(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var unit = text[at];
            if (Folding.Symbol(unit) is Folding.None or Folding.CombiningAccent)
            {
                at += unit == '@' ? Blank(text[at..]) : 1;
                Between(unit);
            }
            else if (IsAddress(text[at..]))
            {
                at += Blank(text[at..]);
            }
            else
            {
                at += Word(text[at..]);
            }
        }
    }

    /// <summary>Takes in the word that begins here; returns its length. In a hashtag a capital after a small letter begins a new one.</summary>
    private int Word(ReadOnlySpan<char> text)
    {
        var walk = default(WordTrie.Walk);
        var length = 0;
        while (length < text.Length && Folding.Symbol(text[length]) is var symbol && symbol != Folding.None)
        {
            if (_isHashtag && length > 0 && char.IsUpper(text[length]) && char.IsLower(text[length - 1]))
            {
                break;
            }

            if (symbol != Folding.CombiningAccent)
            {
                _vocabulary.Step(ref walk, symbol);
                if (Folding.Second(text[length]) is not Folding.None and var second)
                {
                    _vocabulary.Step(ref walk, second);
                }
            }

            length++;
        }

        Take(_vocabulary.End(walk));
        return length;
    }

    private void Take(ushort word)
    {
        var meaning = _vocabulary.Of(word);
        var isStop = (meaning.Stop & _stops) != 0;
        _place++;
        _words = TopicVocabulary.Append(_words, word);
        if (!isStop)
        {
            _places[..^1].CopyTo(_places[1..]);
            _places[0] = _place;
            _content = TopicVocabulary.Append(_content, word);
            Take(meaning, _place, 1);
        }

        if (meaning.EndsPhrase)
        {
            for (var count = ListEntry.MostParts; count > 1; count--)
            {
                var together = TopicVocabulary.Last(_words, count);
                TakePhrase(together, _place - count + 1, count);
                if (!isStop && TopicVocabulary.Last(_content, count) is var apart && apart != together)
                {
                    TakePhrase(apart, _places[count - 1], count);
                }
            }
        }
    }

    private void TakePhrase(UInt128 words, int from, int count)
    {
        if (words != 0 && _vocabulary.Phrase(words) is { } meaning)
        {
            Take(meaning, from, count);
        }
    }

    private void Take(Meaning meaning, int from, int count)
    {
        _mentions.Deny(((meaning.Denied >> (int)_language) & 1) - ((meaning.Harmless >> (int)_language) & 1));
        if (TopicOf(meaning) is not 0 and var topic)
        {
            _mentions.Add(topic, _isHashtag ? MentionRank.Hashtag : count > 1 ? MentionRank.Phrase : RankOf(topic), from);
        }
    }

    /// <summary>Hashtags know no language: what they mean in any counts, if they mean nothing in that of the text.</summary>
    private readonly ushort TopicOf(Meaning meaning) =>
        meaning.Topics[(int)_language] is var topic && topic == 0 && _isHashtag ? meaning.Topics[(int)TextLanguage.Other] : topic;

    private readonly MentionRank RankOf(ushort topic) => _vocabulary.IsGeneral(topic) ? MentionRank.General : MentionRank.Word;

    private void Between(char unit)
    {
        _isHashtag = unit == '#' || (_isHashtag && unit is '_' or '-');
        if (unit is '.' or '!' or '?' or ';' or ':' or '\n')
        {
            _words = _content = 0;
        }
    }

    private static bool IsAddress(ReadOnlySpan<char> text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("www.", StringComparison.OrdinalIgnoreCase);

    /// <summary>How far it is to the next white space.</summary>
    private static int Blank(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAny(' ', '\n', '\t');
        return length < 0 ? text.Length : length;
    }
}

/// <summary>How much a mention says; the smaller the more.</summary>
internal enum MentionRank : byte
{
    Hashtag,
    Phrase,
    Word,
    General,
}

/// <summary>What a text mentions: kept on the stack, the first sixteen mentions of topics and whether anything denied is in it.</summary>
internal struct TopicMentions
{
    private const int Most = 16;
    private Mentions _mentions;
    private int _count;
    private int _denied;

    /// <summary>True if the text names what is never kept.</summary>
    public readonly bool IsDenied => _denied > 0;

    /// <summary>Counts a denied word (+1), or a phrase that makes a denied word harmless (-1).</summary>
    public void Deny(int count) => _denied += count;

    /// <summary>Adds a topic that was found in the words from number <paramref name="from"/> on. It replaces the topics of those single words.</summary>
    public void Add(ushort topic, MentionRank rank, int from)
    {
        while (_count > 0 && _mentions[_count - 1].From >= from)
        {
            _count--;
        }

        if (_count < Most)
        {
            _mentions[_count++] = new Mention(topic, rank, from);
        }
    }

    /// <summary>The topics that say most, best first, as numbers: by rank, then by number of mentions, then the first mentioned. Returns how many.</summary>
    public readonly int Best(Span<ushort> topics)
    {
        var found = 0;
        while (found < topics.Length)
        {
            var (best, bestKey) = ((ushort)0, int.MaxValue);
            for (var i = 0; i < _count; i++)
            {
                var topic = _mentions[i].Topic;
                if (!topics[..found].Contains(topic) && Key(topic) is var key && key < bestKey)
                {
                    (best, bestKey) = (topic, key);
                }
            }

            if (best == 0)
            {
                break;
            }

            topics[found++] = best;
        }

        return found;
    }

    private readonly int Key(ushort topic)
    {
        var (rank, count, first) = ((int)MentionRank.General, 0, -1);
        for (var i = 0; i < _count; i++)
        {
            if (_mentions[i].Topic == topic)
            {
                rank = Math.Min(rank, (int)_mentions[i].Rank);
                count++;
                first = first < 0 ? i : first;
            }
        }

        return (((rank * (Most + 1)) + Most - count) * Most) + first;
    }

    private readonly record struct Mention(ushort Topic, MentionRank Rank, int From);

    [InlineArray(Most)]
    private struct Mentions
    {
        private Mention _first;
    }
}
