using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>A code that the customer reads out to one tenant. The code itself is nowhere, only its keyed hash.</summary>
/// <param name="Tenant">Who may redeem it; another tenant's tries do not touch it.</param>
/// <param name="RequestId">The request that made it.</param>
/// <param name="Code">The keyed hash.</param>
/// <param name="Terms">What the grant will allow.</param>
/// <param name="Until">First instant at which it is dead.</param>
/// <param name="WrongTries">How often a wrong code was tried for it: below <see cref="Limits.Consents.CodeTries"/>.</param>
[GenerateSerializer, Immutable, Alias("SharingCode")]
public sealed record SharingCode(
    [property: Id(0)] TenantId Tenant,
    [property: Id(1)] string RequestId,
    [property: Id(2)] Digest Code,
    [property: Id(3)] GrantTerms Terms,
    [property: Id(4)] DateTimeOffset Until,
    [property: Id(5)] int WrongTries)
{
    /// <summary>The notice that was displayed when it was made; absent if none was.</summary>
    [Id(6)]
    public ShownNotice? Notice { get; init; }
}
