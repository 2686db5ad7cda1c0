using CustomerContext.Domain.Consents;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>Where a chain was cut.</summary>
internal static class CheckpointPayload
{
    public static IPayloadCodec<Checkpoint> Codec { get; } = new PayloadCodec<Checkpoint, Stored.Checkpoint>(1, ToMessage, FromMessage);

    private static Stored.Checkpoint ToMessage(Checkpoint checkpoint) => new()
    {
        Sequence = checkpoint.Head.Sequence,
        Hash = ByteString.CopyFrom(checkpoint.Head.Hash.ToArray()),
        CreatedTicks = Ticks.Of(checkpoint.CreatedAt),
        Signature = checkpoint.Signature,
    };

    private static Checkpoint FromMessage(Stored.Checkpoint stored) =>
        new(new ChainHead(stored.Sequence, Digest.Read(stored.Hash.Span)), Ticks.Instant(stored.CreatedTicks), stored.Signature);
}
