using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>One entry of a customer's chain.</summary>
/// <param name="Sequence">1 for the first, then without a gap.</param>
/// <param name="Epoch">The consent epoch under which it was written.</param>
/// <param name="Salt">16 random bytes; empty once erased.</param>
/// <param name="Payload">The record's bytes (<see cref="DisclosureRecord.ToBytes"/>); empty once erased.</param>
/// <param name="Commitment">SHA-256 of salt and payload: proves the payload, and tells nothing of it once the salt is gone.</param>
/// <param name="Hash">SHA-256 of the hash before, sequence, epoch (8 bytes each, big-endian) and commitment.</param>
[GenerateSerializer, Immutable, Alias("LedgerEntry")]
public sealed record LedgerEntry(
    [property: Id(0)] long Sequence,
    [property: Id(1)] long Epoch,
    [property: Id(2)] ImmutableArray<byte> Salt,
    [property: Id(3)] ImmutableArray<byte> Payload,
    [property: Id(4)] Digest Commitment,
    [property: Id(5)] Digest Hash)
{
    /// <summary>True if the personal part is gone; the chain still verifies.</summary>
    public bool IsErased => Salt.IsEmpty && Payload.IsEmpty;

    /// <summary>The entry without its personal part.</summary>
    public LedgerEntry Erased() => this with { Salt = [], Payload = [] };

    /// <summary>The chain's head once this is its last entry.</summary>
    public ChainHead Head => new(Sequence, Hash);
}

/// <summary>
/// The last entry of a chain: its sequence (0 if there is none) and its hash. Whoever holds one can prove that nothing up to it was changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("ChainHead")]
public readonly record struct ChainHead([property: Id(0)] long Sequence, [property: Id(1)] Digest Hash)
{
    /// <summary>Before the first entry.</summary>
    public static ChainHead Empty { get; }
}

/// <summary>Where a chain was cut: what is older was pruned behind it.</summary>
/// <param name="Head">The last entry that was pruned.</param>
/// <param name="CreatedAt">When it was cut.</param>
/// <param name="Signature">Compact JWS over both (<see cref="Receipts.CheckpointContent"/>).</param>
[GenerateSerializer, Immutable, Alias("Checkpoint")]
public sealed record Checkpoint([property: Id(0)] ChainHead Head, [property: Id(1)] DateTimeOffset CreatedAt, [property: Id(2)] string Signature);
