using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Grpc.Core;
using Orleans;

namespace CustomerContext.Silo.Api.Identities;

/// <summary>Names of customers: a tenant attaches and detaches its own opaque ids, and resolves whom it may look at.</summary>
internal sealed class IdentityApi(IGrainFactory grains, SubjectResolver subjects, CustomerIds ids, RefusalFloor floor, TimeProvider time)
    : IdentityService.IdentityServiceBase
{
    public override async Task<LinkIdentifierResponse> LinkIdentifier(LinkIdentifierRequest request, ServerCallContext context)
    {
        TextRules.Check(request.RequestId, "request_id", Limits.Consents.RequestIdLength).OrThrow();
        var caller = CallerOf.Tenant(context);
        var key = OpaqueKey(caller.Tenant, request.Identifier);
        var named = (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();
        if (named.IsKnown)
        {
            (await grains.GetGrain<IIdentityGrain>(key).Link(named.Customer, verified: true)).OrThrow();
        }

        // The same answer whether or not there is somebody: linking tells nobody who exists.
        return new LinkIdentifierResponse { Outcome = LinkOutcome.Linked };
    }

    public override async Task<UnlinkIdentifierResponse> UnlinkIdentifier(UnlinkIdentifierRequest request, ServerCallContext context)
    {
        TextRules.Check(request.RequestId, "request_id", Limits.Consents.RequestIdLength).OrThrow();
        var key = OpaqueKey(CallerOf.Tenant(context).Tenant, request.Identifier);
        var identity = grains.GetGrain<IIdentityGrain>(key);
        if (await identity.Resolve() is { } customer)
        {
            await identity.Unlink(customer);
        }

        return new UnlinkIdentifierResponse();
    }

    public override async Task<ResolveCustomerResponse> ResolveCustomer(ResolveCustomerRequest request, ServerCallContext context)
    {
        var arrived = time.GetTimestamp();
        var tenant = CallerOf.Tenant(context).Tenant;
        var named = (await subjects.Resolve(tenant, request.Subject, "subject")).OrThrow();
        var consent = await grains.GetGrain<ICustomerGrain>(named.Customer.Value).GetConsent();
        return ConsentRules.HasLiveGrant(consent, tenant, time.GetUtcNow())
            ? new ResolveCustomerResponse { CustomerId = ids.For(tenant, named.Customer) }
            : throw await floor.Refuse(arrived);
    }

    private string OpaqueKey(TenantId tenant, SubjectIdentifier? identifier) =>
        identifier?.IdentifierCase == SubjectIdentifier.IdentifierOneofCase.Opaque
            ? subjects.GrainKeyOf(tenant, identifier, "identifier").OrThrow()
            : throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "identifier", "must be an opaque id: everything else is the customer's own to attach"));
}
