using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CustomerContext.Domain.Sentiment.Reading;
using CustomerContext.Domain.Sentiment.Rules;
using CustomerContext.Domain.Sentiment.Words;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>Takes the features of a text as they are read: adds weights up when scoring, remembers them when training.</summary>
internal interface IFeatureSink
{
    /// <summary>Words, pairs of words, n-grams and signs, as places in the table of weights.</summary>
    void Take(ReadOnlySpan<int> places);
}

/// <summary>
/// Reads a text once: the rules take each word in, and its features go to the sink: the pair with the word before, the word and its n-grams of 3 to 5 letters (of a
/// feeling turned round, that it is), signs. All but signs are told apart by language. The hashes are part of the format of the weights.
/// </summary>
internal static class TextFeatures
{
    /// <summary>The weights' table has 2^Bits places.</summary>
    public const int Bits = 17;

    private const int MostMarks = 3;
    private const ulong SignSalt = 200;
    private const ulong MarkSalt = 201;
    private const ulong WordSalt = 210;

    /// <summary>Reads <paramref name="text"/>, which is in <paramref name="language"/>.</summary>
    public static RuleReading Read<TSink>(ReadOnlySpan<char> text, TextLanguage language, Lexicon lexicon, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var rules = default(RuleReading);
        var tokens = new Tokens(text);
        Span<char> buffer = stackalloc char[Word.BufferLength];
        Span<char> shorter = stackalloc char[Word.BufferLength];
        Span<int> places = stackalloc int[WordFeatures.PerWord];
        var before = 0UL;
        while (tokens.Next() is { Kind: not TokenKind.End } token)
        {
            var raw = text.Slice(token.Start, token.Length);
            switch (token.Kind)
            {
                case TokenKind.Word when language != TextLanguage.Other:
                    before = TakeWord(Word.Read(raw, buffer), shorter, places, before, language, lexicon, ref rules, ref sink);
                    break;
                case TokenKind.Symbol:
                    TakeSymbol(text, token, lexicon, ref tokens, ref rules, ref sink);
                    break;
                case TokenKind.Exclamation:
                    rules.Exclamations += token.Length;
                    break;
                case TokenKind.Question:
                    rules.Questions += token.Length;
                    break;
                case TokenKind.Ellipsis:
                    rules.Ellipses++;
                    break;
                default:
                    break;
            }

            if (token.Kind != TokenKind.Word)
            {
                Take(Hash.Salt(Hash.Of(raw[..Math.Min(MostMarks, raw.Length)]), MarkSalt), ref sink);
            }
        }

        return rules;
    }

    private static ulong TakeWord<TSink>(
        scoped Word word, Span<char> shorter, Span<int> places, ulong before, TextLanguage language, Lexicon lexicon, ref RuleReading rules, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var entry = lexicon.Find(word, language);
        if (word.IsElongated && entry.Class == WordClass.Unknown)
        {
            word = word.Shorten(shorter);
            entry = lexicon.Find(word, language);
        }

        var hash = before;
        if (entry.Class is not (WordClass.More or WordClass.Less))
        {
            // A strengthening or weakening word has no feeling of its own; only the rules use it.
            hash = Hash.Salt(word.Hash, WordSalt + (ulong)language);
            var isNegated = entry.Class == WordClass.Feeling && rules.IsNegated;
            sink.Take(places[..WordFeatures.Read(word, hash, before, isNegated, language, places)]);
        }

        rules.TakeWord(entry, word.IsCapital, word.IsElongated);
        return hash;
    }

    private static void TakeSymbol<TSink>(
        ReadOnlySpan<char> text, Token token, Lexicon lexicon, ref Tokens tokens, ref RuleReading rules, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var (length, entry) = lexicon.FindEmoticon(text[token.Start..]);
        if (length > 0)
        {
            tokens.Skip(token.Start + length);
        }
        else
        {
            length = token.Length;
            entry = lexicon.Find(text.Slice(token.Start, length));
        }

        if (entry.Class != WordClass.Unknown || length > 1)
        {
            Take(Hash.Salt(Hash.Of(text.Slice(token.Start, length)), SignSalt), ref sink);
            rules.TakeSymbol(entry);
        }
    }

    private static void Take<TSink>(ulong hash, ref TSink sink)
        where TSink : struct, IFeatureSink => sink.Take([Hash.Place(hash, Bits)]);
}

/// <summary>
/// What tells the feeling of a word: the pair with the word before, the word and its n-grams of 3 to 5 letters; of a feeling turned round, that it is. The hashes are
/// part of the format of the weights.
/// </summary>
internal static class WordFeatures
{
    /// <summary>Most features of one word.</summary>
    public const int PerWord = (3 * Word.BufferLength) + 2;

    private const ulong ThreeLetters = 0xFFFFFFFFFFFF;
    private const ulong NegatedSalt = 220;
    private const ulong GramSalt = 240;

    /// <summary>
    /// Writes the features of <paramref name="word"/>, of which <paramref name="hash"/> is known by language and <paramref name="before"/> that of the word before it
    /// (0 if there is none); returns how many there are.
    /// </summary>
    public static int Read(Word word, ulong hash, ulong before, bool isNegated, TextLanguage language, Span<int> places)
    {
        var count = 0;
        if (before != 0)
        {
            places[count++] = Place(Hash.Join(before, hash));
        }

        places[count++] = Place(isNegated ? Hash.Salt(hash, NegatedSalt) : hash);
        return isNegated ? count : count + ReadGrams(word.Bounded, Hash.Salt(0, GramSalt + (ulong)language), places[count..]);
    }

    private static int ReadGrams(ReadOnlySpan<char> letters, ulong salt, Span<int> places)
    {
        // Four letters fill 64 bits; the fifth is mixed in.
        var (count, last) = (0, 0UL);
        for (var i = 0; i < letters.Length; i++)
        {
            var first = last >> 48;
            last = (last << 16) | letters[i];
            if (i >= 2)
            {
                places[count++] = Place((last & ThreeLetters) + salt);
            }

            if (i >= 3)
            {
                places[count++] = Place(last ^ salt);
            }

            if (i >= 4)
            {
                places[count++] = Place(Hash.Join(first + salt, last));
            }
        }

        return count;
    }

    private static int Place(ulong hash) => Hash.Place(hash, TextFeatures.Bits);
}

/// <summary>Adds up the weights of a text's features.</summary>
internal struct WeightSum(FeelingWeights weights) : IFeatureSink
{
    private const int BitsOfAHead = 8;

    private readonly sbyte[] _table = weights.Table;

    /// <summary>Sum of the weights of polarity.</summary>
    public int Polarity { get; private set; }

    /// <summary>Sum of the weights of neutral.</summary>
    public int Neutral { get; private set; }

    /// <summary>How many features there were.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<int> places)
    {
        ref var first = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetArrayDataReference(_table));
        var (polarity, neutral) = (0, 0);
        foreach (var place in places)
        {
            // Both heads in one read: polarity below, neutral above.
            var row = Unsafe.ReadUnaligned<short>(ref Unsafe.Add(ref first, place * FeelingWeights.Heads));
            polarity += (sbyte)row;
            neutral += row >> BitsOfAHead;
        }

        Polarity += polarity;
        Neutral += neutral;
        Count += places.Length;
    }
}
