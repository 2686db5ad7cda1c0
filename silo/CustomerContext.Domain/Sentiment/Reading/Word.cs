namespace CustomerContext.Domain.Sentiment.Reading;

/// <summary>
/// A word in its normal form, in a buffer of the caller's: lower case, ’ as ', a letter at most twice in a row, combining marks left out, cut after
/// <see cref="Longest"/> letters.
/// </summary>
internal readonly ref struct Word
{
    /// <summary>Letters that are read of a word.</summary>
    public const int Longest = 30;

    /// <summary>Length of the buffer: a boundary, the letters, a boundary.</summary>
    public const int BufferLength = Longest + 2;

    /// <summary>What stands before the first and behind the last letter, so that an n-gram knows where a word begins and ends.</summary>
    public const char Boundary = ' ';

    private readonly ReadOnlySpan<char> _bounded;
    private readonly uint _elongated;

    private Word(ReadOnlySpan<char> bounded, ulong hash, uint elongated, bool isCapital)
    {
        _bounded = bounded;
        Hash = hash;
        _elongated = elongated;
        IsCapital = isCapital;
    }

    /// <summary>The letters.</summary>
    public ReadOnlySpan<char> Letters => _bounded[1..^1];

    /// <summary>The letters between two boundaries.</summary>
    public ReadOnlySpan<char> Bounded => _bounded;

    /// <summary>Of the letters.</summary>
    public ulong Hash { get; }

    /// <summary>A letter stands three times or more in a row: "sooo".</summary>
    public bool IsElongated => _elongated != 0;

    /// <summary>At least two letters, all of them capitals.</summary>
    public bool IsCapital { get; }

    /// <summary>Reads the letters of <paramref name="raw"/> into <paramref name="buffer"/>.</summary>
    public static Word Read(ReadOnlySpan<char> raw, Span<char> buffer)
    {
        var (length, run, upper, letters, elongated) = (1, 1, 0, 0, 0U);
        var hash = Reading.Hash.Seed;
        buffer[0] = Boundary;
        foreach (var c in raw)
        {
            var lower = (uint)(c - 'a') <= 'z' - 'a' ? c : Lower(c);
            if (lower == '\0')
            {
                continue;
            }

            if (lower != '\'')
            {
                letters++;
                upper += lower != c ? 1 : 0;
            }

            run = lower == buffer[length - 1] ? run + 1 : 1;
            if (run > 2)
            {
                elongated |= 1U << (length - 1);
            }
            else if (length <= Longest)
            {
                buffer[length++] = lower;
                hash = Reading.Hash.Add(hash, lower);
            }
        }

        buffer[length] = Boundary;
        return new Word(buffer[..(length + 1)], hash, elongated, upper > 1 && upper == letters);
    }

    /// <summary>With elongated letters once instead of twice, in <paramref name="buffer"/>: "so" of "sooo".</summary>
    public Word Shorten(Span<char> buffer)
    {
        var length = 0;
        for (var i = 0; i < _bounded.Length; i++)
        {
            if ((_elongated & (1U << i)) == 0)
            {
                buffer[length++] = _bounded[i];
            }
        }

        return new Word(buffer[..length], Reading.Hash.Of(buffer[1..(length - 1)]), _elongated, IsCapital);
    }

    private static char Lower(char c)
    {
        if (char.IsAscii(c))
        {
            return (uint)(c - 'A') <= 'Z' - 'A' ? (char)(c | 0x20) : c;
        }

        return c == '’' ? '\'' : c is >= '\u0300' and <= '\u036F' ? '\0' : char.ToLowerInvariant(c);
    }
}
