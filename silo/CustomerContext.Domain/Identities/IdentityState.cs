using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Identities;

/// <summary>Whose one subject identifier is.</summary>
/// <param name="Holders">The customers it was linked to, in order of linking; more than one makes it ambiguous.</param>
/// <param name="IsCrowded">True once there was no room for one more: then not everybody is known, so it names nobody until it is nobody's.</param>
[GenerateSerializer, Immutable, Alias("IdentityState")]
public sealed record IdentityState([property: Id(0)] ImmutableArray<IdentityHolder> Holders, [property: Id(1)] bool IsCrowded = false)
{
    /// <summary>Nobody's.</summary>
    public static IdentityState Empty { get; } = new(ImmutableArray<IdentityHolder>.Empty);
}

/// <summary>One customer that a subject identifier was linked to.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="IsVerified">True if an issuer or a code sent there proved it; an unverified identifier names nobody.</param>
[GenerateSerializer, Immutable, Alias("IdentityHolder")]
public sealed record IdentityHolder([property: Id(0)] CustomerKey Customer, [property: Id(1)] bool IsVerified);
