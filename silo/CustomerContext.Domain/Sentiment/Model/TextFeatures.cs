using CustomerContext.Domain.Sentiment.Reading;
using CustomerContext.Domain.Sentiment.Rules;
using CustomerContext.Domain.Sentiment.Words;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>
/// Reads a text once: the rules take each word in, and its features go to the sink: the pair with the word before, the word and its n-grams of 3 to 5 letters (of a
/// feeling turned round, that it is), signs. All but signs are told apart by language. The hashes are part of the format of the weights.
/// </summary>
internal static class TextFeatures
{
    /// <summary>The weights' table has 2^Bits places.</summary>
    public const int Bits = 17;

    private const int MostMarks = 3;
    private const ulong ThreeLetters = 0xFFFFFFFFFFFF;
    private const ulong SignSalt = 200;
    private const ulong MarkSalt = 201;
    private const ulong WordSalt = 210;
    private const ulong NegatedSalt = 220;
    private const ulong GramSalt = 240;

    /// <summary>Reads <paramref name="text"/>, which is in <paramref name="language"/>.</summary>
    public static RuleReading Read<TSink>(ReadOnlySpan<char> text, TextLanguage language, Lexicon lexicon, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var rules = default(RuleReading);
        var tokens = new Tokens(text);
        Span<char> buffer = stackalloc char[Word.BufferLength];
        Span<char> shorter = stackalloc char[Word.BufferLength];
        var before = 0UL;
        while (tokens.Next() is { Kind: not TokenKind.End } token)
        {
            var raw = text.Slice(token.Start, token.Length);
            switch (token.Kind)
            {
                case TokenKind.Word when language != TextLanguage.Other:
                    before = TakeWord(Word.Read(raw, buffer), shorter, before, language, lexicon, ref rules, ref sink);
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
                sink.Take(Hash.Place(Hash.Salt(Hash.Of(raw[..Math.Min(MostMarks, raw.Length)]), MarkSalt), Bits));
            }
        }

        return rules;
    }

    private static ulong TakeWord<TSink>(
        scoped Word word, Span<char> shorter, ulong before, TextLanguage language, Lexicon lexicon, ref RuleReading rules, ref TSink sink)
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
            // What a word of strength does is the rules' business: by itself it says nothing.
            hash = Hash.Salt(word.Hash, WordSalt + (ulong)language);
            TakeWord(word, hash, before, entry.Class == WordClass.Feeling && rules.IsNegated, language, ref sink);
        }

        rules.TakeWord(entry, word.IsCapital, word.IsElongated);
        return hash;
    }

    private static void TakeWord<TSink>(Word word, ulong hash, ulong before, bool isNegated, TextLanguage language, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (before != 0)
        {
            sink.Take(Hash.Place(Hash.Join(before, hash), Bits));
        }

        if (isNegated)
        {
            sink.Take(Hash.Place(Hash.Salt(hash, NegatedSalt), Bits));
        }
        else
        {
            sink.Take(Hash.Place(hash, Bits));
            TakeGrams(word.Bounded, GramSalt + (ulong)language, ref sink);
        }
    }

    private static void TakeGrams<TSink>(ReadOnlySpan<char> letters, ulong salt, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        // Four letters fill 64 bits; the fifth is mixed in.
        var (last, salted) = (0UL, Hash.Salt(0, salt));
        for (var i = 0; i < letters.Length; i++)
        {
            var first = last >> 48;
            last = (last << 16) | letters[i];
            if (i >= 2)
            {
                sink.Take(Hash.Place((last & ThreeLetters) + salted, Bits));
            }

            if (i >= 3)
            {
                sink.Take(Hash.Place(last ^ salted, Bits));
            }

            if (i >= 4)
            {
                sink.Take(Hash.Place(Hash.Join(first + salted, last), Bits));
            }
        }
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
            sink.Take(Hash.Place(Hash.Salt(Hash.Of(text.Slice(token.Start, length)), SignSalt), Bits));
            rules.TakeSymbol(entry);
        }
    }
}
