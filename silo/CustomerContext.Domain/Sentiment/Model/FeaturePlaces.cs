using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>Collects the places of one word's features in the table of weights, in a buffer of the caller's.</summary>
internal ref struct FeaturePlaces(Span<int> buffer)
{
    /// <summary>Most features of one word: its pair with the word before, itself, and an n-gram of each of three lengths a letter.</summary>
    public const int PerWord = (3 * Word.BufferLength) + 2;

    private readonly Span<int> _buffer = buffer;
    private int _count;

    /// <summary>Those added.</summary>
    public readonly ReadOnlySpan<int> All => _buffer[.._count];

    /// <summary>Adds one more.</summary>
    public void Add(ulong hash) => _buffer[_count++] = Hash.Place(hash, TextFeatures.Bits);
}
