using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>Interactions, as the customer's ledger has them. The methods with a tenant's actor are for the interaction's grain alone, which decides whether an id has ended.</summary>
public partial interface ICustomerGrain
{
    /// <summary>Opens the interaction of <paramref name="by"/>. A tenant that does this too often is answered as if it were done.</summary>
    [Alias("BeginCall")]
    Task BeginCall(TenantActor by, DateTimeOffset begunAt);

    /// <summary>The interaction <paramref name="old"/> goes on under that of <paramref name="by"/>.</summary>
    /// <returns>Why not; absent if it does, or if the customer has no such open interaction.</returns>
    [Alias("ContinueCall")]
    Task<Refusal?> ContinueCall(string old, TenantActor by);

    /// <summary>Ends the interaction of <paramref name="by"/>. When the answer is there no look can use it, and its watches have ended.</summary>
    [Alias("EndCall")]
    Task EndCall(TenantActor by);

    /// <summary>Who of <paramref name="tenant"/> looked last in an open interaction, as a pseudonym; absent if it is not open here.</summary>
    [Alias("LastActor")]
    Task<string?> LastActor(TenantId tenant, string interaction);

    /// <summary>"Yes, I'm talking to them now", or no longer.</summary>
    [Alias("SetConversation")]
    Task<Outcome<ConsentView>> SetConversation(SetConversation command);
}
