using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Orleans;

namespace CustomerContext.Silo.Api.Identities;

/// <summary>Whose an account in a network is: the customer begins, the network's connector proves, and the customer's own yes (<c>ConnectNetwork</c>) makes it so.</summary>
internal sealed class NetworkAccounts(IGrainFactory grains, CustomerSelf self, IdentityFinder identities, IdentifierHash hash, AccountSeal seal, CurrentAccess access)
{
    /// <summary>Where the customer goes to show that an account is theirs.</summary>
    public async Task<BeginConnectionResponse> Begin(CustomerCaller caller, BeginConnectionRequest request)
    {
        var network = access.Now.Tenants.Values.FirstOrDefault(tenant => tenant.Id.Value == request.Network && tenant.Connector is not null)
            ?? throw RpcErrors.From(new Refusal(RefusalReason.NotFound, "network", "No such network, or it has no connector."));
        var me = await self.FindKey(caller) ?? throw RpcErrors.From(new Refusal(RefusalReason.NotOfAge));
        var (ticket, until) = seal.Ticket(me, network.Id);
        return new BeginConnectionResponse { ConnectUri = $"{network.Connector}?ticket={ticket}", ExpireTime = until.ToTimestamp() };
    }

    /// <summary>The connector's word that the holder of a ticket has shown that the account is theirs.</summary>
    public ProveAccountResponse Prove(TenantCaller caller, ProveAccountRequest request)
    {
        CheckNetwork(caller);
        var broken = TextRules.Check(request.Ticket, "ticket", Limits.Identifiers.SlipLength) ?? IdentifierRules.Opaque(request.AccountId, "account_id");
        broken.OrThrow();
        var customer = seal.ReadTicket(request.Ticket, caller.Tenant).OrThrow();
        var (proof, until) = seal.Proof(customer, caller.Tenant, request.AccountId);
        return new ProveAccountResponse { Proof = proof, ExpireTime = until.ToTimestamp() };
    }

    /// <summary>Which of these accounts of the network are connected.</summary>
    public async Task<CheckAccountsResponse> Check(TenantCaller caller, CheckAccountsRequest request)
    {
        CheckNetwork(caller);
        if (request.AccountIds.Count is 0 or > Limits.Identifiers.CheckedAccounts)
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "account_ids", $"must be 1 to {Limits.Identifiers.CheckedAccounts}"));
        }

        request.AccountIds.Select((id, i) => IdentifierRules.Opaque(id, $"account_ids[{i}]")).FirstOrDefault(broken => broken is not null).OrThrow();
        var accounts = await Task.WhenAll(request.AccountIds.Select(id => Find(caller.Tenant, id)));
        return new CheckAccountsResponse
        {
            Accounts = { accounts.OfType<ConnectedAccount>() },
        };
    }

    private async Task<ConnectedAccount?> Find(TenantId network, string account)
    {
        if (await identities.Owner(hash.OfOpaque(network, account)) is not { } owner)
        {
            return null;
        }

        var consent = await grains.GetGrain<ICustomerGrain>(owner.Value).GetConsent();
        return consent.Networks.FirstOrDefault(known => known.Network == network && known.Account == account) is { } found
            ? new ConnectedAccount { AccountId = account, SinceTime = found.Since.ToTimestamp(), IsPaused = !consent.CollectsAllOf(network) }
            : null;
    }

    private void CheckNetwork(TenantCaller caller)
    {
        if (access.Now.Find(caller) is not { IsNetwork: true })
        {
            throw RpcErrors.NotAllowed("Only a network's connector may say this.");
        }
    }
}
