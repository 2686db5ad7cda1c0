using System.Buffers.Binary;
using System.Security.Cryptography;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>Checks a customer's chain of records offline, without trusting the server: nothing was changed, dropped or reordered.</summary>
public static class DisclosureChain
{
    /// <summary>Follows the chain from its start, or from where it was cut, to its head.</summary>
    /// <param name="newestFirst">All records, newest first, as <see cref="MeHandle.ListDisclosuresAsync"/> lists them without a filter.</param>
    /// <param name="head">
    /// Where the chain must end: the head that came with the list, or one that was kept from earlier. One from before <paramref name="checkpoint"/> cannot be found any more.
    /// </param>
    /// <param name="checkpoint">Where it was cut; its signature is not checked here. Absent: it is whole.</param>
    /// <returns>Absent: all is well. Else what is wrong first, and at which sequence.</returns>
    public static string? Verify(IEnumerable<Disclosure> newestFirst, ChainHead head, ChainCheckpoint? checkpoint = null)
    {
        var sequence = checkpoint?.Head.Sequence ?? 0;
        var hash = checkpoint?.Head.Hash.ToByteArray() ?? new byte[SHA256.HashSizeInBytes];
        var isHeadFound = head.Sequence == sequence && head.Hash.Span.SequenceEqual(hash);
        foreach (var record in newestFirst.Reverse())
        {
            sequence++;
            if (FaultOf(record, sequence, hash) is { } fault)
            {
                return fault;
            }

            hash = record.Hash.ToByteArray();
            isHeadFound |= head.Sequence == sequence && head.Hash.Span.SequenceEqual(hash);
        }

        return isHeadFound ? null : $"the chain does not lead to the head at record {head.Sequence}";
    }

    private static string? FaultOf(Disclosure record, long sequence, byte[] previousHash)
    {
        if (record.Sequence != sequence)
        {
            return $"record {sequence} is missing";
        }

        var isErased = record.Salt.IsEmpty && record.Record.IsEmpty;
        if (!isErased && !record.Commitment.Span.SequenceEqual(SHA256.HashData([.. record.Salt.Span, .. record.Record.Span])))
        {
            return $"record {sequence} was changed";
        }

        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(numbers, sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[sizeof(long)..], record.ConsentEpoch);
        return record.PreviousHash.Span.SequenceEqual(previousHash)
            && record.Hash.Span.SequenceEqual(SHA256.HashData([.. previousHash, .. numbers, .. record.Commitment.Span]))
            ? null
            : $"the link before record {sequence} is broken";
    }
}
