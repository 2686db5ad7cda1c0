using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Identities;

/// <summary>Which identifiers are a customer's: customers attach their own, tenants the ids of their own systems.</summary>
internal sealed class IdentityApi(OwnIdentifiers own, TenantIdentifiers ofTenants, NetworkAccounts accounts) : IdentityService.IdentityServiceBase
{
    public override Task<LinkIdentifierResponse> LinkIdentifier(LinkIdentifierRequest request, ServerCallContext context)
    {
        TextRules.Check(request.RequestId, "request_id", Limits.Consents.RequestIdLength).OrThrow();
        return CallerOf.Any(context) is TenantCaller tenant
            ? ofTenants.Link(tenant, request)
            : own.Link(CallerOf.Customer(context), request, context.CancellationToken);
    }

    public override Task<UnlinkIdentifierResponse> UnlinkIdentifier(UnlinkIdentifierRequest request, ServerCallContext context)
    {
        TextRules.Check(request.RequestId, "request_id", Limits.Consents.RequestIdLength).OrThrow();
        return CallerOf.Any(context) is TenantCaller tenant ? ofTenants.Unlink(tenant, request) : own.Unlink(CallerOf.Customer(context), request);
    }

    public override Task<ResolveCustomerResponse> ResolveCustomer(ResolveCustomerRequest request, ServerCallContext context) =>
        CallerOf.Any(context) is TenantCaller tenant ? ofTenants.Resolve(tenant, request) : own.Resolve(CallerOf.Customer(context), request);

    public override Task<BeginConnectionResponse> BeginConnection(BeginConnectionRequest request, ServerCallContext context) => accounts.Begin(CallerOf.Customer(context), request);

    public override Task<ProveAccountResponse> ProveAccount(ProveAccountRequest request, ServerCallContext context) => Task.FromResult(accounts.Prove(CallerOf.Tenant(context), request));

    public override Task<CheckAccountsResponse> CheckAccounts(CheckAccountsRequest request, ServerCallContext context) => accounts.Check(CallerOf.Tenant(context), request);
}
