using System.Collections.Immutable;
using CustomerContext.Domain.Consents;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>An entry of a ledger, as one value.</summary>
internal static class LedgerEntryPayload
{
    public static IPayloadCodec<LedgerEntry> Codec { get; } = new PayloadCodec<LedgerEntry, Stored.LedgerEntry>(1, ToMessage, FromMessage);

    private static Stored.LedgerEntry ToMessage(LedgerEntry entry) => new()
    {
        Sequence = entry.Sequence,
        Epoch = entry.Epoch,
        Salt = Wrap(entry.Salt),
        Payload = Wrap(entry.Payload),
        Commitment = UnsafeByteOperations.UnsafeWrap(entry.Commitment.ToArray()),
        Hash = UnsafeByteOperations.UnsafeWrap(entry.Hash.ToArray()),
    };

    /// <summary>The same bytes and no copy: nobody changes them.</summary>
    private static ByteString Wrap(ImmutableArray<byte> bytes) => UnsafeByteOperations.UnsafeWrap(bytes.AsMemory());

    private static LedgerEntry FromMessage(Stored.LedgerEntry stored) => new(
        stored.Sequence, stored.Epoch, [.. stored.Salt.Span], [.. stored.Payload.Span], Digest.Read(stored.Commitment.Span), Digest.Read(stored.Hash.Span));
}
