using System.Buffers.Binary;
using System.Security.Cryptography;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>A SHA-256 value, 32 bytes, as four big-endian numbers; so it compares by value and allocates nothing.</summary>
[GenerateSerializer, Immutable, Alias("Digest")]
public readonly record struct Digest([property: Id(0)] ulong A, [property: Id(1)] ulong B, [property: Id(2)] ulong C, [property: Id(3)] ulong D)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>All zero: the head of an empty chain.</summary>
    public static Digest Zero { get; }

    /// <summary>The SHA-256 of <paramref name="data"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(data, hash);
        return Read(hash);
    }

    /// <summary>The digest in exactly <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">Not that many.</exception>
    public static Digest Read(ReadOnlySpan<byte> bytes) => bytes.Length != Size
        ? throw new ArgumentException("A digest has 32 bytes.", nameof(bytes))
        : new Digest(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

    /// <summary>Writes the <see cref="Size"/> bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, A);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], D);
    }

    /// <summary>The bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
