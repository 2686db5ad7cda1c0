using CsCheck;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>One change of some bytes.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Place">Where; taken modulo what there is.</param>
/// <param name="Bytes">What is put in; as many are taken out.</param>
internal sealed record Mutation(MutationKind Kind, int Place, byte[] Bytes)
{
    /// <summary>Any change, of 1 to 8 bytes.</summary>
    public static Gen<Mutation> Any { get; } = Gen.Select(Gen.Int[0, 5], Gen.Int[0, int.MaxValue], Gen.Byte.Array[1, 8], (kind, place, bytes) => new Mutation((MutationKind)kind, place, bytes));

    /// <summary>One of these.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    /// <summary><paramref name="bytes"/> after the changes, one after the other.</summary>
    public static byte[] Of(byte[] bytes, IEnumerable<Mutation> changes)
    {
        var changed = bytes.ToList();
        foreach (var change in changes)
        {
            change.Apply(changed);
        }

        return [.. changed];
    }

    private void Apply(List<byte> bytes)
    {
        var at = Place % (bytes.Count + 1);
        var left = bytes.Count - at;
        switch (Kind)
        {
            case MutationKind.FlipBit when left > 0: bytes[at] ^= (byte)(1 << (Bytes[0] % 8)); break;
            case MutationKind.Replace when left > 0: bytes[at] = Bytes[0]; break;
            case MutationKind.Insert: bytes.InsertRange(at, Bytes); break;
            case MutationKind.Remove: bytes.RemoveRange(at, Math.Min(Bytes.Length, left)); break;
            case MutationKind.Repeat: bytes.InsertRange(at, bytes.GetRange(0, at)); break;
            default: bytes.RemoveRange(at, left); break;
        }
    }
}

/// <summary>What is done to bytes.</summary>
internal enum MutationKind
{
    /// <summary>One bit is turned over.</summary>
    FlipBit,

    /// <summary>One byte is another one.</summary>
    Replace,

    /// <summary>Bytes come in.</summary>
    Insert,

    /// <summary>Bytes are gone.</summary>
    Remove,

    /// <summary>All before the place comes again: repeated fields, and the last value of others wins.</summary>
    Repeat,

    /// <summary>All after the place is gone.</summary>
    Cut,
}
