using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Config;
using CustomerContext.V1;
using Orleans;
using Google.Protobuf.Collections;
using ConnectNetwork = CustomerContext.Domain.Consents.ConnectNetwork;
using DisconnectNetwork = CustomerContext.Domain.Consents.DisconnectNetwork;
using IdentifierFormat = CustomerContext.Domain.Identities.IdentifierFormat;
using LinkedIdentifier = CustomerContext.Domain.Identities.LinkedIdentifier;
using Verification = CustomerContext.Domain.Identities.Verification;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Networks that customers connect. Whose an account is, its connector proves; what is not proven can be connected in development mode alone.</summary>
internal sealed class NetworkCalls(CurrentAccess access, IdentifierHash hash, AccountSeal seal, SiloConfig config, TimeProvider time)
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
        CheckGrants(request.GrantIds).OrThrow();
        var id = AccountOf(new CustomerKey(customer.GetPrimaryKeyString()), network, request).OrThrow();
        var account = new LinkedIdentifier(hash.OfOpaque(network, id).Current, IdentifierFormat.Opaque, Verification.Tenant, network, time.GetUtcNow());
        var grants = request.GrantIds.Distinct().Select(grant => new GrantId(grant));
        return await customer.ConnectNetwork(new ConnectNetwork(request.RequestId, network, id, [.. grants], expected), account);
    }

    private Outcome<string> AccountOf(CustomerKey customer, TenantId network, ConnectNetworkRequest request) => (request.Proof, request.AccountId) switch
    {
        ("", "") when !config.Development => new Refusal(RefusalReason.InvalidArgument, "proof", "is required"),
        ("", var id) when config.Development => IdentifierRules.Opaque(id, "account_id") is { } broken ? broken : id,
        (_, not "") => new Refusal(RefusalReason.InvalidArgument, "account_id", "must be left out: the proof names it"),
        (var proof, _) => TextRules.Check(proof, "proof", Limits.Identifiers.SlipLength) is { } broken ? broken : seal.ReadProof(proof, customer, network),
    };

    /// <summary>Disconnects a network.</summary>
    public async Task<Outcome<ConsentView>> Disconnect(ICustomerGrain customer, DisconnectNetworkRequest request) =>
        await customer.DisconnectNetwork(new DisconnectNetwork(request.RequestId, Find(request.Network).OrThrow()));

    private static Refusal? CheckGrants(RepeatedField<string> ids) => ids.Count > Limits.Consents.Grants
        ? new Refusal(RefusalReason.InvalidArgument, "grant_ids", $"must have at most {Limits.Consents.Grants}")
        : ids.Select((id, i) => TextRules.Check(id, $"grant_ids[{i}]", Limits.Consents.GrantIdLength)).FirstOrDefault(broken => broken is not null);

    private Outcome<TenantId> Find(string name) => All.Any(network => network.Value == name) ? new TenantId(name) : new Refusal(RefusalReason.NotFound, "network", "No such network.");
}
