using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>The idempotency window: which signals were taken.</summary>
internal static class WindowRules
{
    private const int FingerprintBytes = 5;

    /// <summary>
    /// The entry of a signal. Its fingerprint is the beginning of SHA-256 over the customer's key, the source and the id, each preceded by its
    /// length in UTF-8 bytes (four bytes, big-endian); the key is a secret, so nobody can make ids collide on purpose.
    /// </summary>
    public static WindowEntry EntryOf(CustomerKey customer, Signal signal)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in (ReadOnlySpan<string>)[customer.Value, signal.Source.Value, signal.Id])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            sha.AppendData(length);
            sha.AppendData(bytes);
        }

        Span<byte> padded = stackalloc byte[sizeof(long) - FingerprintBytes + SHA256.HashSizeInBytes];
        sha.GetHashAndReset(padded[(sizeof(long) - FingerprintBytes)..]);
        return new WindowEntry(signal.OccurredAt.ToUnixTimeSeconds(), BinaryPrimitives.ReadInt64BigEndian(padded));
    }

    /// <summary>True if a signal of the same source and id was taken, whatever its time.</summary>
    public static bool Contains(SignalWindow window, WindowEntry entry)
    {
        foreach (ref readonly var taken in window.Entries.AsSpan())
        {
            if (taken.Fingerprint == entry.Fingerprint)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The window with <paramref name="entry"/>; beyond 512 signals or 4 KiB the smallest leave and become the horizon.</summary>
    public static SignalWindow Add(SignalWindow window, WindowEntry entry)
    {
        var entries = window.Entries.Insert(~window.Entries.BinarySearch(entry), entry);
        var horizon = window.Horizon;
        while (entries.Length > Limits.Customers.WindowSignals || StateSize.OfWindow(entries) > Limits.Customers.WindowBytes)
        {
            horizon = entries[0];
            entries = entries.RemoveAt(0);
        }

        return new SignalWindow(entries, horizon);
    }
}
