using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;

namespace CustomerContext.Grains.Customers;

/// <summary>Networks that the customer connects and disconnects.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<Outcome<ConsentView>> ConnectNetwork(ConnectNetwork command, LinkedIdentifier account)
    {
        // An account that two connect would name neither, and both would wait for posts that nobody reads.
        if (IdentityRules.IsAnothers(await IdentityOf(account.Key).Get(), _customer))
        {
            return new Refusal(RefusalReason.LimitReached, Rule: "an account is connected by one customer; disconnect it there first");
        }

        var connected = await Change((consent, now) => ConsentRules.ConnectNetwork(consent, command, account, now));
        if (!connected.IsOk)
        {
            return connected;
        }

        if (await Name([account]) is { } taken)
        {
            return taken;
        }

        // Each is a version of its own on the record. One that fails leaves the others, and a repeat goes on.
        foreach (var id in command.Grants)
        {
            var widened = await Change((consent, now) => consent.Find(id) is { } grant
                ? ConsentRules.UpdateGrant(consent, new UpdateGrant(RequestFor(command, id), id, Showing(grant, command.Network)), now)
                : new ConsentStep(consent, null));
            if (!widened.IsOk)
            {
                return widened;
            }

            connected = widened;
        }

        return connected;
    }

    public async Task<Outcome<ConsentView>> DisconnectNetwork(DisconnectNetwork command)
    {
        var disconnected = await Change((consent, now) => ConsentRules.DisconnectNetwork(consent, command, now));
        if (disconnected.Value is not { } view)
        {
            return disconnected;
        }

        foreach (var account in view.Consent.Identifiers.Where(known => known.Tenant == command.Network))
        {
            await IdentityOf(account.Key).Unlink(_customer);
            await Change((consent, _) => ConsentRules.Detach(consent, account.Key));
        }

        await Forget(view.Consent);
        return disconnected;
    }

    private static GrantTerms Showing(Grant grant, TenantId network) =>
        ConsentRules.TermsOf(grant) with { Sources = grant.Scope.Union(SourceScope.OwnOf(network)), From = null, Until = null };

    /// <summary>The request id of one of several changes that a request makes.</summary>
    private static string RequestFor(ConnectNetwork command, GrantId grant) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{command.RequestId} {grant.Value}")));
}
