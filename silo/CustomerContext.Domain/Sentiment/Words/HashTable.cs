using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.Domain.Sentiment.Words;

/// <summary>
/// Entries by hash: open addressing, at most half full, key and entry side by side in 64 bits, so that a lookup touches one line of the cache. The key has 48 bits: one unknown word in
/// ten thousand million is taken for a known one. Most words are not in it, which a small filter tells without touching the table. Reading it allocates nothing.
/// </summary>
internal sealed class HashTable(int bits)
{
    private const int FilterBits = 2;
    private const int KeyShift = 16;
    private const int ClassShift = 8;
    private const float FeelingUnit = 0.1f;

    private readonly ulong[] _slots = new ulong[1 << bits];
    private readonly HashFilter _filter = new(bits + FilterBits);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an entry unless the key has one.</summary>
    /// <exception cref="InvalidOperationException">The table is half full.</exception>
    public void Add(ulong key, LexiconEntry entry)
    {
        _filter.Add(key);
        ref var slot = ref _slots[PlaceOf(key)];
        if (slot != 0)
        {
            return;
        }

        if (++Count * 2 > _slots.Length)
        {
            throw new InvalidOperationException("The table is too small.");
        }

        slot = (key >> KeyShift << KeyShift) | ((ulong)entry.Class << ClassShift) | (byte)(sbyte)MathF.Round(entry.Feeling / FeelingUnit);
    }

    /// <summary>The entry; of unknown class if there is none.</summary>
    public LexiconEntry Find(ulong key)
    {
        if (!_filter.MayHave(key))
        {
            return default;
        }

        var slot = _slots[PlaceOf(key)];
        return slot == 0 ? default : new LexiconEntry((WordClass)(byte)(slot >> ClassShift), (sbyte)(byte)slot * FeelingUnit);
    }

    private int PlaceOf(ulong key)
    {
        var place = Hash.Place(key, bits);
        while (_slots[place] is var slot && slot != 0 && (slot ^ key) >> KeyShift != 0)
        {
            place = (place + 1) & (_slots.Length - 1);
        }

        return place;
    }
}

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
