using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using Orleans;

namespace CustomerContext.Grains.Interactions;

/// <summary>
/// One interaction of one tenant; the key is <see cref="InteractionKeys.Of"/>. It is the arbiter of "ended for good"; what it opens, each customer's ledger says. To open, the interaction is written first
/// and then the customer; to end, the interaction first and then the customers: whichever comes first, an id that ended opens nothing.
/// </summary>
/// <remarks>Every method throws <see cref="Durability.StateUnavailableException"/> or <see cref="Ledger.LedgerUnavailableException"/> if the store gives no sure answer, and may be repeated.</remarks>
[Alias("IInteractionGrain")]
public interface IInteractionGrain : IGrainWithStringKey
{
    /// <summary>Opens it, and the call in the customer's ledger. Refused with <see cref="RefusalReason.InteractionOver"/> or <see cref="RefusalReason.LimitReached"/>.</summary>
    /// <param name="by">The tenant's actor, with the interaction's id.</param>
    /// <param name="customer">Who takes part; the key of nobody for an unknown person.</param>
    [Alias("Begin")]
    Task<Outcome<Interaction>> Begin(TenantActor by, CustomerKey customer);

    /// <summary>Opens it, durably, and leaves the customer's ledger to the caller: a yes in it, or a look, opens the call there. Refused as <see cref="Begin"/>.</summary>
    [Alias("Add")]
    Task<Outcome<Interaction>> Add(TenantActor by, CustomerKey customer);

    /// <summary>Opens it, durably, with a request for consent in it. Refused as <see cref="Begin"/>.</summary>
    /// <param name="by">The tenant's actor, with the interaction's id.</param>
    /// <param name="join">The key of the request.</param>
    [Alias("AddJoin")]
    Task<Outcome<Interaction>> AddJoin(TenantActor by, string join);

    /// <summary>
    /// Goes on under another id. <see cref="RefusalReason.NotFound"/> if it is not open, or somebody else looked last; otherwise refused as <see cref="Begin"/>.
    /// </summary>
    /// <param name="by">The tenant's actor, with the new id.</param>
    /// <param name="next">The key of the new interaction.</param>
    /// <returns>The new interaction.</returns>
    [Alias("Continue")]
    Task<Outcome<Interaction>> Continue(TenantActor by, string next);

    /// <summary>Takes over what went on under another id.</summary>
    [Alias("Adopt")]
    Task<Outcome<Interaction>> Adopt(TenantActor by, Interaction old);

    /// <summary>Ends it, for good. When the answer is there no look can use it any more, and its watches have ended.</summary>
    /// <param name="by">The tenant's actor, with the interaction's id.</param>
    [Alias("End")]
    Task End(TenantActor by);

    /// <summary>The interaction as it is; <see cref="Interaction.None"/> if nobody has begun it.</summary>
    [Alias("Get")]
    ValueTask<Interaction> Get();

    /// <summary>Forgets a customer who is being erased.</summary>
    [Alias("Forget")]
    Task Forget(CustomerKey customer);
}
