using System.Text;

namespace Orleans.Runtime;

/// <summary>The bytes of an id, UTF-8, with their hash.</summary>
public readonly struct IdSpan(byte[] value) : IEquatable<IdSpan>
{
    private readonly byte[]? _value = value;
    private readonly uint _hash = StableHash.ComputeHash(value);

    public ReadOnlyMemory<byte> Value => _value;

    public bool IsDefault => _value is null or [];

    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    public ReadOnlySpan<byte> AsSpan() => _value;

    public bool Equals(IdSpan obj) => _hash == obj._hash && AsSpan().SequenceEqual(obj.AsSpan());

    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => (int)_hash;

    public uint GetUniformHashCode() => _hash;

    public override string ToString() => Encoding.UTF8.GetString(AsSpan());

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
