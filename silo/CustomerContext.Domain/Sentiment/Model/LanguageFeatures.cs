using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.Domain.Sentiment.Model;

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
