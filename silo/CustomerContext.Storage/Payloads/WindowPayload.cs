using System.Buffers.Binary;
using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace CustomerContext.Storage.Payloads;

/// <summary>Which signals were taken: seconds as differences, fingerprints of five bytes one after the other, the horizon as two numbers or none.</summary>
internal static class WindowPayload
{
    private const int FingerprintSize = 5;

    /// <summary>Adds seconds and horizon to their lists; returns the fingerprints.</summary>
    public static ByteString Write(SignalWindow window, RepeatedField<ulong> seconds, RepeatedField<long> horizon)
    {
        if (window.Horizon is { } left)
        {
            horizon.AddRange([left.Second, left.Fingerprint]);
        }

        var entries = window.Entries;
        var fingerprints = new byte[entries.Length * FingerprintSize];
        Span<byte> number = stackalloc byte[sizeof(long)];
        var last = 0L;
        for (var index = 0; index < entries.Length; index++)
        {
            seconds.Add((ulong)(entries[index].Second - last));
            last = entries[index].Second;
            BinaryPrimitives.WriteInt64BigEndian(number, entries[index].Fingerprint);
            number[^FingerprintSize..].CopyTo(fingerprints.AsSpan(index * FingerprintSize));
        }

        return UnsafeByteOperations.UnsafeWrap(fingerprints);
    }

    /// <summary>The window that <see cref="Write"/> wrote.</summary>
    /// <exception cref="PayloadException">Lengths do not match.</exception>
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
