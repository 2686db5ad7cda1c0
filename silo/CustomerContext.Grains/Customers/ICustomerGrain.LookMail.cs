using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>Mail about looks.</summary>
public partial interface ICustomerGrain
{
    /// <summary>What the customer wants; absent: no mail.</summary>
    [Alias("GetLookMail")]
    Task<LookMail?> GetLookMail();

    /// <summary>Sets it; absent: no mail, and the address is forgotten. Idempotent.</summary>
    /// <returns>Why not; absent if it is set.</returns>
    [Alias("SetLookMail")]
    Task<Refusal?> SetLookMail(LookMail? mail);
}
