using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>Networks.</summary>
public partial interface ICustomerGrain
{
    /// <summary>Lets a network send, and shows it in the grants that are named.</summary>
    /// <param name="command">Which, and which account.</param>
    /// <param name="account">The account as an identifier of the customer.</param>
    [Alias("ConnectNetwork")]
    Task<Outcome<ConsentView>> ConnectNetwork(ConnectNetwork command, LinkedIdentifier account);

    /// <summary>Disconnects a network. When the answer is there, what it sent is gone, and no grant shows it.</summary>
    [Alias("DisconnectNetwork")]
    Task<Outcome<ConsentView>> DisconnectNetwork(DisconnectNetwork command);
}
