using System.Collections.Immutable;

namespace CustomerContext.Domain.Consents.Receipts;

/// <summary>What the receipt of an erasure says. It names nobody.</summary>
/// <param name="ErasedTime">When nothing left any more.</param>
/// <param name="Removed">What was removed.</param>
/// <param name="Kept">What is left, and names nobody.</param>
/// <param name="ChainSequence">Sequence of the last entry of the chain.</param>
/// <param name="ChainHash">Its hash, in hexadecimal.</param>
public sealed record ErasureReceipt(
    DateTimeOffset ErasedTime, ImmutableArray<string> Removed, ImmutableArray<string> Kept, long ChainSequence, string ChainHash)
{
    /// <summary>The receipt of an erasure that left the chain at <paramref name="head"/>.</summary>
    public static ErasureReceipt Of(DateTimeOffset erasedAt, ChainHead head) => new(
        erasedAt,
        ["context", "identifiers", "consent", "contributions", "work", "disclosures", "salts"],
        ["hashes of the chain of disclosures"],
        head.Sequence,
        head.Hash.ToString());
}

/// <summary>What the signature of a checkpoint covers.</summary>
/// <param name="Sequence">Sequence of the last entry that was pruned.</param>
/// <param name="Hash">Its hash, in hexadecimal.</param>
/// <param name="CreateTime">When the chain was cut.</param>
public sealed record CheckpointContent(long Sequence, string Hash, DateTimeOffset CreateTime);
