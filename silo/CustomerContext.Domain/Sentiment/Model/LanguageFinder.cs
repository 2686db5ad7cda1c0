using System.Runtime.Intrinsics;
using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>Tells the language of a text.</summary>
internal sealed class LanguageFinder(LanguageWeights weights)
{
    /// <summary>Fewer letters say too little: then the customer's known language counts.</summary>
    public const int FewLetters = 12;

    /// <summary>Letters that are read.</summary>
    public const int MostLetters = 64;

    /// <summary>Least probability of a language.</summary>
    public const float Least = 0.5f;

    /// <summary>The language, <see cref="TextLanguage.Other"/> if it is none of those known or cannot be told.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">The customer's language; null if not known.</param>
    public TextLanguage Find(ReadOnlySpan<char> text, TextLanguage? known)
    {
        Span<float> probabilities = stackalloc float[TextLanguages.Count];
        var (letters, foreign) = Read(text, probabilities);
        if (foreign * 2 > letters)
        {
            return TextLanguage.Other;
        }

        if (letters < FewLetters && known is { } language)
        {
            return language;
        }

        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        return letters > 0 && probabilities[best] >= Least ? (TextLanguage)best : TextLanguage.Other;
    }

    /// <summary>Fills in the probability of each language; counts the letters, and those of other alphabets.</summary>
    public (int Letters, int Foreign) Read(ReadOnlySpan<char> text, Span<float> probabilities)
    {
        var tokens = new Tokens(text);
        Span<char> buffer = stackalloc char[Word.BufferLength];
        Span<int> places = stackalloc int[LanguageFeatures.PerWord];
        var sums = Vector256<int>.Zero;
        var (letters, foreign, features) = (0, 0, 0);
        while (letters < MostLetters && tokens.Next() is { Kind: not TokenKind.End } token)
        {
            if (token.Kind == TokenKind.Word)
            {
                var word = Word.Read(text.Slice(token.Start, token.Length), buffer);
                letters += word.Letters.Length;
                foreign += word.Letters[0] > '\u024F' ? word.Letters.Length : 0;
                var count = LanguageFeatures.Read(word, places);
                sums += weights.Sum(places[..count]);
                features += count;
            }
        }

        weights.Probabilities(sums, features, probabilities);
        return (letters, foreign);
    }
}
