using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What the grains of two linked customers ask of each other.</summary>
public partial interface ICustomerGrain
{
    /// <summary>Says what this customer allows of a look at the linked one, and puts it on record; absent if this customer is not linked with them.</summary>
    [Alias("LookForPartner")]
    Task<PartnerAnswer?> LookForPartner(PartnerLook look);

    /// <summary>The linked customer's consent has changed: when this returns, no frame of a watch opened before is on its way.</summary>
    [Alias("PartnerChanged")]
    Task PartnerChanged();

    /// <summary>The linked customer's context has learnt something.</summary>
    [Alias("PartnerLearnt")]
    Task PartnerLearnt();

    /// <summary>Puts a record of the linked customer's watch on this one's chain.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isRepeat">True if it was tried before and may be there already; then it is not put there twice.</param>
    [Alias("Note")]
    Task Note(DisclosureRecord record, bool isRepeat);

    /// <summary>The other side of a merge. Idempotent.</summary>
    [Alias("AcceptMerge")]
    Task<Refusal?> AcceptMerge(Merge merge);

    /// <summary>The other side of its undoing. Idempotent.</summary>
    [Alias("DropMerge")]
    Task DropMerge(string key);
}
