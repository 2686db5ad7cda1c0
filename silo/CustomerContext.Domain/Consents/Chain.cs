using System.Buffers.Binary;
using System.Collections.Immutable;

namespace CustomerContext.Domain.Consents;

/// <summary>The chain of hashes over a customer's ledger: changing, dropping, reordering or truncating entries is found.</summary>
public static class Chain
{
    /// <summary>Length of a salt, in bytes.</summary>
    public const int SaltSize = 16;

    private const int MostOnStack = 1024;

    /// <summary>The entry that follows <paramref name="head"/>.</summary>
    /// <param name="head">The last entry so far.</param>
    /// <param name="epoch">The epoch under which it is written.</param>
    /// <param name="payload">The record's bytes; not empty.</param>
    /// <param name="salt"><see cref="SaltSize"/> bytes, drawn at random for this entry.</param>
    public static LedgerEntry Append(ChainHead head, long epoch, ImmutableArray<byte> payload, ImmutableArray<byte> salt)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltSize);
        ArgumentOutOfRangeException.ThrowIfZero(payload.Length);
        var commitment = Commit(salt, payload);
        return new LedgerEntry(head.Sequence + 1, epoch, salt, payload, commitment, Link(head.Hash, head.Sequence + 1, epoch, commitment));
    }

    /// <summary>Checks entries against what was before them and against a head held elsewhere.</summary>
    /// <param name="before">The head before the first of <paramref name="entries"/>; <see cref="ChainHead.Empty"/> for a whole chain.</param>
    /// <param name="entries">Oldest first.</param>
    /// <param name="held">
    /// A head that was noted down earlier: the entries must pass through it. Absent: dropping the last entries goes unnoticed.
    /// </param>
    /// <returns>Absent if all is well, else the first fault.</returns>
    public static ChainFault? Verify(ChainHead before, IEnumerable<LedgerEntry> entries, ChainHead? held = null)
    {
        var head = before;
        var isHeldFound = held is null || held == head;
        foreach (var entry in entries)
        {
            if (entry.Sequence != head.Sequence + 1)
            {
                return new ChainFault(ChainFaultKind.Gap, head.Sequence + 1);
            }

            if (!entry.IsErased && Commit(entry.Salt, entry.Payload) != entry.Commitment)
            {
                return new ChainFault(ChainFaultKind.Content, entry.Sequence);
            }

            if (Link(head.Hash, entry.Sequence, entry.Epoch, entry.Commitment) != entry.Hash)
            {
                return new ChainFault(ChainFaultKind.Link, entry.Sequence);
            }

            head = entry.Head;
            if (held is { } known && known.Sequence == head.Sequence)
            {
                if (known != head)
                {
                    return new ChainFault(ChainFaultKind.Fork, entry.Sequence);
                }

                isHeldFound = true;
            }
        }

        return isHeldFound ? null : new ChainFault(ChainFaultKind.Truncated, head.Sequence + 1);
    }

    private static Digest Commit(ImmutableArray<byte> salt, ImmutableArray<byte> payload)
    {
        var length = salt.Length + payload.Length;
        var committed = length <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[length];
        salt.CopyTo(committed);
        payload.CopyTo(committed[salt.Length..]);
        return Digest.Of(committed[..length]);
    }

    private static Digest Link(Digest previous, long sequence, long epoch, Digest commitment)
    {
        Span<byte> linked = stackalloc byte[Digest.Size + 8 + 8 + Digest.Size];
        previous.CopyTo(linked);
        BinaryPrimitives.WriteInt64BigEndian(linked[Digest.Size..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(linked[(Digest.Size + 8)..], epoch);
        commitment.CopyTo(linked[(Digest.Size + 16)..]);
        return Digest.Of(linked);
    }
}

/// <summary>What is wrong with a chain, and the sequence at which it first shows.</summary>
public readonly record struct ChainFault(ChainFaultKind Kind, long Sequence);

/// <summary>How a chain can be wrong.</summary>
public enum ChainFaultKind
{
    /// <summary>An entry is missing or out of order.</summary>
    Gap = 1,

    /// <summary>A payload or salt was changed.</summary>
    Content,

    /// <summary>A sequence, epoch, commitment or hash was changed, or the entries before were.</summary>
    Link,

    /// <summary>The chain is sound and is another one than that of the held head.</summary>
    Fork,

    /// <summary>The chain ends before the held head.</summary>
    Truncated,
}
