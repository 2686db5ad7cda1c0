using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Orleans;

namespace CustomerContext.Silo.Api.Identities;

/// <summary>A tenant attaches and detaches ids of its own systems, and resolves whom it may look at. It never learns who exists.</summary>
internal sealed class TenantIdentifiers(
    IGrainFactory grains,
    SubjectResolver subjects,
    IdentityFinder identities,
    CustomerIds ids,
    TenantActors actors,
    TenantRequests repeats,
    LookAlarms looks,
    RefusalFloor floor,
    TimeProvider time)
{
    /// <summary>Attaches an id, if there is somebody to attach it to and room for it.</summary>
    public async Task<LinkIdentifierResponse> Link(TenantCaller caller, LinkIdentifierRequest request)
    {
        var arrived = time.GetTimestamp();
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        var keys = Opaque(caller.Tenant, request.Identifier);
        var named = (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();
        if (named.IsKnown)
        {
            await identities.Find(keys);
            var identifier = new Domain.Identities.LinkedIdentifier(
                keys.Current, Domain.Identities.IdentifierFormat.Opaque, Domain.Identities.Verification.Tenant, caller.Tenant, time.GetUtcNow());
            await Customer(named.Customer).AttachOfTenant(identifier, actors.Of(caller));
        }

        await floor.Wait(arrived);
        return new LinkIdentifierResponse { Outcome = LinkOutcome.Linked };
    }

    /// <summary>Detaches an id from whomever it was attached to.</summary>
    public async Task<UnlinkIdentifierResponse> Unlink(TenantCaller caller, UnlinkIdentifierRequest request)
    {
        var arrived = time.GetTimestamp();
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        var keys = Opaque(caller.Tenant, request.Identifier);
        foreach (var holder in (await identities.Find(keys)).Holders)
        {
            await Customer(holder.Customer).DetachOfTenant(keys.Current, actors.Of(caller));
        }

        await floor.Wait(arrived);
        return new UnlinkIdentifierResponse();
    }

    /// <summary>Tells whom an identifier names, to a tenant that has a live grant; the customer has it on record.</summary>
    public async Task<ResolveCustomerResponse> Resolve(TenantCaller caller, ResolveCustomerRequest request)
    {
        var arrived = time.GetTimestamp();
        var named = (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();

        // Asking who somebody is, is a look as far as leafing through people goes.
        looks.Count(caller, named.Asked, interaction: null);
        var own = await Customer(named.Customer).Resolve(actors.Of(caller));
        if (own.Refusal is { } refusal)
        {
            throw await floor.Refused(refusal, arrived);
        }

        return new ResolveCustomerResponse
        {
            CustomerId = ids.For(caller.Tenant, named.Customer),
            Identifiers = { own.Value.Select(IdentifierTranslator.ToProto) },
        };
    }

    private IdentityKeys Opaque(TenantId tenant, SubjectIdentifier? identifier) =>
        identifier?.IdentifierCase == SubjectIdentifier.IdentifierOneofCase.Opaque
            ? subjects.KeysOf(tenant, identifier, "identifier").OrThrow()
            : throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "identifier", "must be an opaque id: everything else is the customer's own to attach"));

    private ICustomerGrain Customer(CustomerKey key) => grains.GetGrain<ICustomerGrain>(key.Value);
}
