using System.Buffers.Binary;
using System.Security.Cryptography;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>Checks a customer's chain from the public contract alone, without the product's code.</summary>
internal static class ChainCheck
{
    /// <summary>Everything wrong with <paramref name="records"/>, oldest first, which must be whole and end in <paramref name="head"/>.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<Disclosure> records, ChainHead head)
    {
        var previous = new byte[SHA256.HashSizeInBytes];
        var epoch = 0L;
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            var place = $"record {record.Sequence}";
            if (record.Sequence != i + 1)
            {
                yield return $"{place} stands at place {i + 1}";
            }

            if (!record.PreviousHash.Span.SequenceEqual(previous))
            {
                yield return $"{place} does not follow the one before it";
            }

            var commitment = SHA256.HashData([.. record.Salt, .. record.Record]);
            if (!record.Commitment.Span.SequenceEqual(commitment))
            {
                yield return $"{place} is not what was committed to";
            }

            if (record.ConsentEpoch < epoch)
            {
                yield return $"{place} was written under an older consent than the one before it";
            }

            var hash = SHA256.HashData([.. previous, .. BigEndian(record.Sequence), .. BigEndian(record.ConsentEpoch), .. commitment]);
            if (!record.Hash.Span.SequenceEqual(hash))
            {
                yield return $"{place} has another hash than its content";
            }

            previous = hash;
            epoch = record.ConsentEpoch;
        }

        if (head.Sequence != records.Count || !head.Hash.Span.SequenceEqual(previous))
        {
            yield return $"the chain ends at {records.Count}, its head says {head.Sequence}, or the head's hash is another";
        }
    }

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
