using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <content>The people around the customer: for other grains, and for the customer.</content>
public partial interface ICustomerGrain : IRemindable
{
    /// <summary>Another customer's own word about their tie to this one. Idempotent. False if it is not kept: tell it again some day.</summary>
    [Alias("HearWord")]
    Task<bool> ReceiveStatement(CustomerKey from, TieKind kind, Statement statement);

    /// <summary>What another customer contributes; durable when the answer is there. Idempotent.</summary>
    /// <param name="kind">As whom this customer knows them.</param>
    /// <param name="announcement">What they tell.</param>
    /// <returns>False if there is no such tie: tell it no more.</returns>
    [Alias("Receive")]
    Task<bool> Receive(TieKind kind, Announcement announcement);

    /// <summary>All that is kept of the people around the customer.</summary>
    [Alias("GetTies")]
    Task<TiesState> GetTies();

    /// <summary>What waits for the customer's own yes, newest first; nothing if they want to be left alone.</summary>
    [Alias("ListProposals")]
    Task<ImmutableArray<TieProposal>> ListProposals();

    /// <summary>The tribes that the customer is in or that are proposed to them, ordinal by id.</summary>
    [Alias("ListTribes")]
    Task<ImmutableArray<TribeId>> ListTribes();
}
