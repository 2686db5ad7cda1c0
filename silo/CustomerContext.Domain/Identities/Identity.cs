using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Identities;

/// <summary>Whose one subject identifier is.</summary>
/// <param name="Holders">The customers it was linked to, in order of linking; more than one makes it ambiguous.</param>
/// <param name="IsCrowded">True once a customer could not be added because the list was full. Then not all holders are known, so the identifier resolves to nobody until every known holder is unlinked.</param>
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

/// <summary>Whom a subject identifier names (design: unverified or shared names nobody, and weak keys never merge two customers).</summary>
public static class IdentityRules
{
    /// <summary>The one customer that the identifier proves; absent if it is nobody's, unverified, or shared.</summary>
    public static CustomerKey? Resolve(IdentityState state) =>
        state is { IsCrowded: false, Holders: [{ IsVerified: true } only] } ? only.Customer : null;

    /// <summary>The two customers that share the identifier, both proved: if they are one person, it names that person. Absent otherwise.</summary>
    public static (CustomerKey One, CustomerKey Other)? Pair(IdentityState state) =>
        state is { IsCrowded: false, Holders: [{ IsVerified: true } one, { IsVerified: true } other] } ? (one.Customer, other.Customer) : null;

    /// <summary>True if somebody else has proved it to be theirs, or if not all who may have are known.</summary>
    public static bool IsAnothers(IdentityState state, CustomerKey customer) => state.IsCrowded || state.Holders.Any(holder => holder.IsVerified && holder.Customer != customer);

    /// <summary>
    /// Links <paramref name="customer"/>; linking again can only raise the level of proof. A customer for whom there is no room is not stored, and the
    /// identifier is crowded from then on.
    /// </summary>
    public static IdentityState Link(IdentityState state, CustomerKey customer, bool verified)
    {
        for (var i = 0; i < state.Holders.Length; i++)
        {
            if (state.Holders[i].Customer == customer)
            {
                return state.Holders[i].IsVerified || !verified
                    ? state
                    : state with { Holders = state.Holders.SetItem(i, new IdentityHolder(customer, verified)) };
            }
        }

        return state.Holders.Length < Limits.Identifiers.Holders ? state with { Holders = state.Holders.Add(new IdentityHolder(customer, verified)) }
            : state.IsCrowded ? state
            : state with { IsCrowded = true };
    }

    /// <summary>Takes the link to <paramref name="customer"/> away; unchanged if there is none.</summary>
    public static IdentityState Unlink(IdentityState state, CustomerKey customer)
    {
        var left = state.Holders.RemoveAll(holder => holder.Customer == customer);
        return left.Length == state.Holders.Length ? state : state with { Holders = left, IsCrowded = state.IsCrowded && !left.IsEmpty };
    }

    /// <summary>Takes over what was known under an older key of the deployment.</summary>
    public static IdentityState TakeOver(IdentityState state, IdentityState older)
    {
        foreach (var holder in older.Holders)
        {
            state = Link(state, holder.Customer, holder.IsVerified);
        }

        return older.IsCrowded && !state.IsCrowded ? state with { IsCrowded = true } : state;
    }
}

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
