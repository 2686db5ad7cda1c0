using Orleans;

namespace CustomerContext.Domain.Identities;

/// <summary>Attaches an identifier of the customer's own, or asks for a code to be sent there.</summary>
/// <param name="RequestId">As everywhere.</param>
/// <param name="Key">Of its identity.</param>
/// <param name="Format">Its format.</param>
/// <param name="Code">The keyed hash of the code that was sent there; absent: send one.</param>
[GenerateSerializer, Immutable, Alias("LinkIdentifier")]
public sealed record LinkIdentifier(
    [property: Id(0)] string RequestId, [property: Id(1)] string Key, [property: Id(2)] IdentifierFormat Format, [property: Id(3)] Consents.Digest? Code);

/// <summary>Detaches an identifier, or undoes the merge that it made.</summary>
[GenerateSerializer, Immutable, Alias("UnlinkIdentifier")]
public sealed record UnlinkIdentifier([property: Id(0)] string RequestId, [property: Id(1)] string Key);
