using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// The position of a signal in the order in which the last writer wins. Signals of one source and millisecond are ordered by a hash of their id. The order of ids has
/// no meaning and only has to be the same always, so four bytes of a hash serve as well as the id.
/// </summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="TieBreak">The first four bytes of SHA-256 over the id in UTF-8, big-endian.</param>
[GenerateSerializer, Immutable, Alias("Stamp")]
public readonly record struct Stamp([property: Id(0)] long At, [property: Id(1)] uint TieBreak) : IComparable<Stamp>
{
    /// <summary>Unix second, rounded down.</summary>
    public long Second => At / 1_000;

    /// <summary>The stamp of a signal.</summary>
    public static Stamp Of(Signal signal)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(signal.Id), hash);
        return new Stamp(signal.OccurredAt.ToUnixTimeMilliseconds(), BinaryPrimitives.ReadUInt32BigEndian(hash));
    }

    /// <inheritdoc/>
    public int CompareTo(Stamp other) => At != other.At ? At.CompareTo(other.At) : TieBreak.CompareTo(other.TieBreak);

    /// <summary>True if <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;
}
