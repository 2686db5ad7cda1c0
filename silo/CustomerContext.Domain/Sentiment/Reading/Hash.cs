namespace CustomerContext.Domain.Sentiment.Reading;

/// <summary>Hashes of words and n-grams. They are part of the format of the weights: another hash needs other weights.</summary>
internal static class Hash
{
    /// <summary>Where a hash begins.</summary>
    public const ulong Seed = 0xCBF29CE484222325;

    private const ulong Prime = 0x100000001B3;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    /// <summary>With one letter more (FNV-1a over UTF-16 units).</summary>
    public static ulong Add(ulong hash, char c) => (hash ^ c) * Prime;

    /// <summary>All of <paramref name="text"/>.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Seed;
        foreach (var c in text)
        {
            hash = Add(hash, c);
        }

        return hash;
    }

    /// <summary>The same thing in another role, or another language.</summary>
    public static ulong Salt(ulong hash, ulong salt) => hash + (salt * Spread);

    /// <summary>Two after each other.</summary>
    public static ulong Join(ulong first, ulong second) => (first * Prime) ^ second;

    /// <summary>A place in a table of 2^<paramref name="bits"/>.</summary>
    public static int Place(ulong hash, int bits) => (int)(((hash ^ (hash >> 32)) * Spread) >> (64 - bits));
}
