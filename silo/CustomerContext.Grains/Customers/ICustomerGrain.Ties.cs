using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
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

    /// <summary>The ties that there are to speak of for the customer, in no order.</summary>
    [Alias("ListTies")]
    Task<ImmutableArray<Tie>> ListTies();

    /// <summary>Answers a tie; durable when the answer is there.</summary>
    [Alias("DecideTie")]
    Task<Outcome<AnsweredTie>> DecideTie(DecideTie command);

    /// <summary>What the customer wants to be called by <paramref name="friend"/>; empty unless both said yes.</summary>
    [Alias("GetNameFor")]
    Task<string> GetNameFor(CustomerKey friend);

    /// <summary>Which of <paramref name="mentions"/> of this customer, in the conversations of another one, a reader may be told: those that this customer would show them too.</summary>
    /// <param name="read">Who reads the other's conversations, for what and in which interaction.</param>
    /// <param name="mentions">Of this customer.</param>
    /// <returns>None if this customer allows none. Nothing goes on record: nothing of this customer's is read.</returns>
    [Alias("AllowMentions")]
    Task<ImmutableArray<Mention>> AllowMentions(ReadRequest read, ImmutableArray<Mention> mentions);

    /// <summary>
    /// Whether the company of <paramref name="look"/> may be told that this customer could answer about one of <paramref name="topics"/>. If it is, that is on their record as a look at INFLUENCE.
    /// Once <see cref="LookRequest.Within"/> is over nothing is, and nothing goes on record.
    /// </summary>
    [Alias("OfferContact")]
    Task<ContactAnswer> OfferContact(LookRequest look, ImmutableArray<string> topics);

    /// <summary>Makes a friend code: the first of <paramref name="keys"/> that is nobody else's.</summary>
    [Alias("MakeFriendCode")]
    Task<Outcome<FriendCode>> MakeFriendCode(string requestId, ImmutableArray<string> keys);

    /// <summary>Brings a friend code: the customer and who made it are friends from then on.</summary>
    [Alias("RedeemFriendCode")]
    Task<Outcome<AnsweredTie>> RedeemFriendCode(string requestId, string key);

    /// <summary>Says yes to who brought the customer's own friend code, once. Idempotent.</summary>
    /// <returns>The customer's own word about being friends; absent: the code is none of theirs, or no yes any more.</returns>
    [Alias("AcceptFriend")]
    Task<Statement?> AcceptFriend(string key, CustomerKey by);

    /// <summary>What waits for the customer's own yes, newest first; nothing if they want to be left alone.</summary>
    [Alias("ListProposals")]
    Task<ImmutableArray<TieProposal>> ListProposals();

    /// <summary>The tribes that the customer is in or that are proposed to them, ordinal by id.</summary>
    [Alias("ListTribes")]
    Task<ImmutableArray<TribeId>> ListTribes();
}
