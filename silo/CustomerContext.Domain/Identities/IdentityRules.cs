using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Identities;

/// <summary>Whom a subject identifier names (design: unverified or shared names nobody, and weak keys never merge two customers).</summary>
public static class IdentityRules
{
    /// <summary>The one customer that the identifier proves; absent if it is nobody's, unverified, or shared.</summary>
    public static CustomerKey? Resolve(IdentityState state) =>
        state.Holders is [{ IsVerified: true } only] ? only.Customer : null;

    /// <summary>Links <paramref name="customer"/>; linking again only ever raises the level of proof.</summary>
    public static Outcome<IdentityState> Link(IdentityState state, CustomerKey customer, bool verified)
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

        return state.Holders.Length < Limits.Identifiers.Holders
            ? state with { Holders = state.Holders.Add(new IdentityHolder(customer, verified)) }
            : new Refusal(RefusalReason.LimitReached, Rule: $"one identifier is linked to at most {Limits.Identifiers.Holders} customers");
    }

    /// <summary>Takes the link to <paramref name="customer"/> away; unchanged if there is none.</summary>
    public static IdentityState Unlink(IdentityState state, CustomerKey customer) =>
        state.Holders.Any(holder => holder.Customer == customer)
            ? state with { Holders = state.Holders.RemoveAll(holder => holder.Customer == customer) }
            : state;
}
