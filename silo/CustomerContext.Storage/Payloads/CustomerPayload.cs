using System.Buffers.Binary;
using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>A customer's live context.</summary>
internal static class CustomerPayload
{
    private const int FingerprintSize = 5;

    public static IPayloadCodec<CustomerState> Codec { get; } = new PayloadCodec<CustomerState, Stored.CustomerState>(1, ToMessage, FromMessage);

    private static Stored.CustomerState ToMessage(CustomerState state)
    {
        var stored = new Stored.CustomerState { Newest = state.Newest, Taken = state.Taken };
        stored.Sources.AddRange(state.Sources.Select(SourcePayload.ToMessage));
        if (state.TopicError is { } error)
        {
            stored.TopicError.AddRange([error.Week, error.Sum]);
        }

        if (state.Window.Horizon is { } horizon)
        {
            stored.Horizon.AddRange([horizon.Second, horizon.Fingerprint]);
        }

        Write(stored, state.Window.Entries);
        return stored;
    }

    private static CustomerState FromMessage(Stored.CustomerState stored) => new(
        stored.Newest,
        [.. stored.Sources.Select(SourcePayload.FromMessage)],
        stored.TopicError is [var week, var sum] ? new WeekSum((int)week, sum) : null,
        new SignalWindow(ReadEntries(stored), stored.Horizon is [var second, var fingerprint] ? new WindowEntry(second, fingerprint) : null))
    {
        Taken = stored.Taken,
    };

    private static void Write(Stored.CustomerState stored, ImmutableArray<WindowEntry> entries)
    {
        var fingerprints = new byte[entries.Length * FingerprintSize];
        Span<byte> number = stackalloc byte[sizeof(long)];
        var last = 0L;
        for (var index = 0; index < entries.Length; index++)
        {
            stored.WindowSeconds.Add((ulong)(entries[index].Second - last));
            last = entries[index].Second;
            BinaryPrimitives.WriteInt64BigEndian(number, entries[index].Fingerprint);
            number[^FingerprintSize..].CopyTo(fingerprints.AsSpan(index * FingerprintSize));
        }

        stored.WindowFingerprints = UnsafeByteOperations.UnsafeWrap(fingerprints);
    }

    private static ImmutableArray<WindowEntry> ReadEntries(Stored.CustomerState stored)
    {
        var fingerprints = stored.WindowFingerprints.Span;
        if (fingerprints.Length != stored.WindowSeconds.Count * FingerprintSize)
        {
            throw new PayloadException("A stored window has a fingerprint too many or too few.");
        }

        var entries = ImmutableArray.CreateBuilder<WindowEntry>(stored.WindowSeconds.Count);
        Span<byte> number = stackalloc byte[sizeof(long)];
        var second = 0L;
        foreach (var step in stored.WindowSeconds)
        {
            second += (long)step;
            fingerprints.Slice(entries.Count * FingerprintSize, FingerprintSize).CopyTo(number[^FingerprintSize..]);
            entries.Add(new WindowEntry(second, BinaryPrimitives.ReadInt64BigEndian(number)));
        }

        return entries.MoveToImmutable();
    }
}
