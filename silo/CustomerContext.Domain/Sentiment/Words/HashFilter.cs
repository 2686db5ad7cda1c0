using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.Domain.Sentiment.Words;

/// <summary>Tells in one small look that a hash was never added; of those that were not it lets some through.</summary>
internal sealed class HashFilter(int bits)
{
    private readonly ulong[] _marks = new ulong[(1 << bits) / 64];

    /// <summary>Adds one.</summary>
    public void Add(ulong hash)
    {
        var mark = Hash.Place(hash, bits);
        _marks[mark / 64] |= 1UL << mark;
    }

    /// <summary>False if it was never added.</summary>
    public bool MayHave(ulong hash)
    {
        var mark = Hash.Place(hash, bits);
        return (_marks[mark / 64] & (1UL << mark)) != 0;
    }
}
