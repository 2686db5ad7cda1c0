using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

/// <summary>What tells a language: each word, and its n-grams of 2 to 4 letters, those at its ends known as such. The hashes are part of the format of the weights.</summary>
internal static class LanguageFeatures
{
    /// <summary>The weights' table has 2^Bits places.</summary>
    public const int Bits = 15;

    /// <summary>Most features of one word, so that their weights' sum fits into 16 bits.</summary>
    public const int PerWord = (3 * Word.BufferLength) + 1;

    private const ulong TwoLetters = 0xFFFFFFFF;
    private const ulong ThreeLetters = 0xFFFFFFFFFFFF;

    /// <summary>Writes the features of <paramref name="word"/>; returns how many there are.</summary>
    public static int Read(Word word, Span<int> places)
    {
        var count = 0;
        places[count++] = Hash.Place(word.Hash, Bits);
        var last = 0UL;
        var letters = word.Bounded;
        for (var i = 0; i < letters.Length; i++)
        {
            last = (last << 16) | letters[i];
            if (i >= 1)
            {
                places[count++] = Hash.Place((last & TwoLetters) + (2UL << 56), Bits);
            }

            if (i >= 2)
            {
                places[count++] = Hash.Place((last & ThreeLetters) + (3UL << 56), Bits);
            }

            if (i >= 3)
            {
                places[count++] = Hash.Place(last, Bits);
            }
        }

        return count;
    }
}

/// <summary>The linear model of languages: for each place of the table one weight a language, side by side, in units of <paramref name="scale"/>.</summary>
internal sealed class LanguageWeights(sbyte[] table, float scale, float[] bias)
{
    /// <summary>The table.</summary>
    public sbyte[] Table { get; } = table;

    /// <summary>What a weight of 1 stands for.</summary>
    public float Scale { get; } = scale;

    /// <summary>One a language.</summary>
    public float[] Bias { get; } = bias;

    /// <summary>Adds up the weights of one word's features: too few to overflow 16 bits.</summary>
    public Vector256<int> Sum(ReadOnlySpan<int> places)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(Table);
        var sums = Vector128<short>.Zero;
        foreach (var place in places)
        {
            var row = Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref first, place * TextLanguages.Count)));
            sums += Vector128.WidenLower(Vector128.CreateScalarUnsafe(row).AsSByte());
        }

        return Vector256.WidenLower(sums.ToVector256());
    }

    /// <summary>The probability of each language, from the sum of <paramref name="features"/> rows.</summary>
    public void Probabilities(Vector256<int> sums, int features, Span<float> probabilities)
    {
        var factor = Scale / MathF.Sqrt(Math.Max(1, features));
        var highest = float.MinValue;
        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = Bias[i] + (sums[i] * factor);
            highest = Math.Max(highest, probabilities[i]);
        }

        var total = 0f;
        foreach (ref var one in probabilities)
        {
            one = MathF.Exp(one - highest);
            total += one;
        }

        foreach (ref var one in probabilities)
        {
            one /= total;
        }
    }
}
