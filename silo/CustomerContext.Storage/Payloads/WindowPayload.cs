using System.Buffers.Binary;
using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace CustomerContext.Storage.Payloads;

/// <summary>A window of signals taken: ascending seconds, and five bytes of fingerprint each.</summary>
internal static class WindowPayload
{
    private const int FingerprintSize = 5;

    public static void WriteSeconds(RepeatedField<ulong> seconds, ImmutableArray<WindowEntry> entries)
    {
        var last = 0L;
        foreach (var entry in entries)
        {
            seconds.Add((ulong)(entry.Second - last));
            last = entry.Second;
        }
    }

    public static ByteString WriteFingerprints(ImmutableArray<WindowEntry> entries)
    {
        var fingerprints = new byte[entries.Length * FingerprintSize];
        Span<byte> number = stackalloc byte[sizeof(long)];
        for (var index = 0; index < entries.Length; index++)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, entries[index].Fingerprint);
            number[^FingerprintSize..].CopyTo(fingerprints.AsSpan(index * FingerprintSize));
        }

        return UnsafeByteOperations.UnsafeWrap(fingerprints);
    }

    public static void WriteHorizon(RepeatedField<long> stored, WindowEntry? horizon)
    {
        if (horizon is { } known)
        {
            stored.AddRange([known.Second, known.Fingerprint]);
        }
    }

    public static SignalWindow Read(RepeatedField<ulong> seconds, ByteString fingerprints, RepeatedField<long> horizon) =>
        new(ReadEntries(seconds, fingerprints.Span), horizon is [var second, var fingerprint] ? new WindowEntry(second, fingerprint) : null);

    private static ImmutableArray<WindowEntry> ReadEntries(RepeatedField<ulong> seconds, ReadOnlySpan<byte> fingerprints)
    {
        if (fingerprints.Length != seconds.Count * FingerprintSize)
        {
            throw new PayloadException("A stored window has a fingerprint too many or too few.");
        }

        var entries = ImmutableArray.CreateBuilder<WindowEntry>(seconds.Count);
        Span<byte> number = stackalloc byte[sizeof(long)];
        number.Clear();
        var second = 0L;
        foreach (var step in seconds)
        {
            second += (long)step;
            fingerprints.Slice(entries.Count * FingerprintSize, FingerprintSize).CopyTo(number[^FingerprintSize..]);
            entries.Add(new WindowEntry(second, BinaryPrimitives.ReadInt64BigEndian(number)));
        }

        return entries.MoveToImmutable();
    }
}
