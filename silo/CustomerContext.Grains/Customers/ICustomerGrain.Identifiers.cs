using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>Which identifiers are the customer's.</summary>
public partial interface ICustomerGrain
{
    /// <summary>Notes that a code, known by its keyed hash, is to be sent to an identifier.</summary>
    [Alias("SendCode")]
    Task<Outcome<CodeToSend>> SendCode(LinkIdentifier command, Digest code);

    /// <summary>Attaches what the customer's token proves to be theirs.</summary>
    [Alias("AttachOwn")]
    Task AttachOwn(LinkedIdentifier identifier);

    /// <summary>Attaches the identifier that a code proves; or, if <paramref name="owner"/>, another customer, signs in with it, links the two.</summary>
    [Alias("LinkIdentifier")]
    Task<Refusal?> LinkIdentifier(LinkIdentifier command, CustomerKey? owner);

    /// <summary>Detaches an identifier, or undoes the merge that it made.</summary>
    [Alias("UnlinkIdentifier")]
    Task<Refusal?> UnlinkIdentifier(UnlinkIdentifier command);

    /// <summary>Attaches a tenant's id, if there is room for it.</summary>
    [Alias("AttachOfTenant")]
    Task AttachOfTenant(LinkedIdentifier identifier, TenantActor by);

    /// <summary>Detaches a tenant's id.</summary>
    [Alias("DetachOfTenant")]
    Task DetachOfTenant(string key, TenantActor by);

    /// <summary>The ids that the tenant itself attached, on record, if it has a live grant of this customer and of one who is linked with them.</summary>
    [Alias("Resolve")]
    Task<Outcome<ImmutableArray<LinkedIdentifier>>> Resolve(TenantActor by);

    /// <summary>Notes the key that an identifier gets under a newer key of the deployment, or, once that is done, strikes the old one.</summary>
    [Alias("Rekey")]
    Task Rekey(string from, string to, bool isDone);
}

/// <summary>What became of a wish to have a code sent.</summary>
/// <param name="IsAttached">The identifier is the customer's already.</param>
/// <param name="IsDue">The code is to be sent now.</param>
[GenerateSerializer, Immutable, Alias("CodeToSend")]
public readonly record struct CodeToSend([property: Id(0)] bool IsAttached, [property: Id(1)] bool IsDue);
