using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.Domain.Sentiment.Model;

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
