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
            // What a word of strength does is the rules' business: by itself it says nothing.
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
