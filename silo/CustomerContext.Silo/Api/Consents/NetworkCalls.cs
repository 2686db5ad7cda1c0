using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Config;
using CustomerContext.V1;
using Google.Protobuf.Collections;
using ConnectNetwork = CustomerContext.Domain.Consents.ConnectNetwork;
using DisconnectNetwork = CustomerContext.Domain.Consents.DisconnectNetwork;
using IdentifierFormat = CustomerContext.Domain.Identities.IdentifierFormat;
using LinkedIdentifier = CustomerContext.Domain.Identities.LinkedIdentifier;
using Verification = CustomerContext.Domain.Identities.Verification;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Networks that customers connect. Whose an account is, a connector will prove; without one they can be connected in development mode alone.</summary>
internal sealed class NetworkCalls(CurrentAccess access, IdentifierHash hash, SiloConfig config, TimeProvider time)
{
    /// <summary>The networks that are configured.</summary>
    public IEnumerable<TenantId> All => access.Now.Tenants.Values.Where(tenant => tenant.IsNetwork).Select(tenant => tenant.Id);

    /// <summary>The name for people of a company or network; absent if it is not configured.</summary>
    public string? NameOf(TenantId tenant) => access.Now.Tenants.GetValueOrDefault(tenant)?.Face.DisplayName;

    /// <summary>Connects a network.</summary>
    public async Task<Outcome<ConsentView>> Connect(ICustomerGrain customer, ConnectNetworkRequest request)
    {
        var network = Find(request.Network).OrThrow();
        var expected = UpdateMasks.Expected(request.ExpectedConsentVersion).OrThrow();
        (IdentifierRules.Opaque(request.AccountId, "account_id") ?? CheckGrants(request.GrantIds)).OrThrow();
        if (!config.Development)
        {
            throw RpcErrors.NotImplemented("A network's connector, which proves whose an account is,");
        }

        var account = new LinkedIdentifier(hash.OfOpaque(network, request.AccountId).Current, IdentifierFormat.Opaque, Verification.Tenant, network, time.GetUtcNow());
        var grants = request.GrantIds.Distinct().Select(id => new GrantId(id));
        return await customer.ConnectNetwork(new ConnectNetwork(request.RequestId, network, request.AccountId, [.. grants], expected), account);
    }

    /// <summary>Disconnects a network.</summary>
    public async Task<Outcome<ConsentView>> Disconnect(ICustomerGrain customer, DisconnectNetworkRequest request) =>
        await customer.DisconnectNetwork(new DisconnectNetwork(request.RequestId, Find(request.Network).OrThrow()));

    private static Refusal? CheckGrants(RepeatedField<string> ids) => ids.Count > Limits.Consents.Grants
        ? new Refusal(RefusalReason.InvalidArgument, "grant_ids", $"must have at most {Limits.Consents.Grants}")
        : ids.Select((id, i) => TextRules.Check(id, $"grant_ids[{i}]", Limits.Consents.GrantIdLength)).FirstOrDefault(broken => broken is not null);

    private Outcome<TenantId> Find(string name) => All.Any(network => network.Value == name) ? new TenantId(name) : new Refusal(RefusalReason.NotFound, "network", "No such network.");
}
