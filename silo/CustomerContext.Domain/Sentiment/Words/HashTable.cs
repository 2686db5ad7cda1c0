using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.Domain.Sentiment.Words;

/// <summary>Entries by hash: open addressing, at most half full. Reading it allocates nothing.</summary>
internal sealed class HashTable(int bits)
{
    private readonly ulong[] _keys = new ulong[1 << bits];
    private readonly LexiconEntry[] _entries = new LexiconEntry[1 << bits];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an entry unless the key has one.</summary>
    /// <exception cref="InvalidOperationException">The table is half full.</exception>
    public void Add(ulong key, LexiconEntry entry)
    {
        var place = PlaceOf(key);
        if (_keys[place] == key)
        {
            return;
        }

        if (++Count * 2 > _keys.Length)
        {
            throw new InvalidOperationException("The table is too small.");
        }

        (_keys[place], _entries[place]) = (key, entry);
    }

    /// <summary>The entry; of unknown class if there is none.</summary>
    public LexiconEntry Find(ulong key) => _entries[PlaceOf(key)];

    private int PlaceOf(ulong key)
    {
        var place = Hash.Place(key, bits);
        while (_keys[place] != key && _keys[place] != 0)
        {
            place = (place + 1) & (_keys.Length - 1);
        }

        return place;
    }
}
