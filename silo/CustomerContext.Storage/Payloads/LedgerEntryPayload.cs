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
        Salt = ByteString.CopyFrom(entry.Salt.AsSpan()),
        Payload = ByteString.CopyFrom(entry.Payload.AsSpan()),
        Commitment = ByteString.CopyFrom(entry.Commitment.ToArray()),
        Hash = ByteString.CopyFrom(entry.Hash.ToArray()),
    };

    private static LedgerEntry FromMessage(Stored.LedgerEntry stored) => new(
        stored.Sequence, stored.Epoch, [.. stored.Salt.Span], [.. stored.Payload.Span], Digest.Read(stored.Commitment.Span), Digest.Read(stored.Hash.Span));
}
