using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>Ways to a grant that begin with a tenant: requests and sharing codes.</summary>
public partial interface ICustomerGrain
{
    /// <summary>Makes a sharing code, known by its keyed hash.</summary>
    [Alias("CreateSharingCode")]
    Task<Outcome<ConsentView>> CreateSharingCode(CreateSharingCode command, Digest code);

    /// <summary>Turns a sharing code into a grant, in an interaction that is open.</summary>
    /// <param name="command">Who redeems which code.</param>
    /// <param name="begunAt">When the interaction began, as its grain said.</param>
    [Alias("RedeemSharingCode")]
    Task<Outcome<ConsentView>> RedeemSharingCode(RedeemSharingCode command, DateTimeOffset begunAt);

    /// <summary>Asks the customer for a grant.</summary>
    /// <returns>What waits for the customer now because of this call; absent if nothing does.</returns>
    [Alias("RequestConsent")]
    Task<Outcome<AskedConsent>> RequestConsent(RequestConsent command);

    /// <summary>Decides a request.</summary>
    /// <param name="command">The decision.</param>
    /// <param name="interaction">The interaction of the request, as it goes on now; absent: as it was asked.</param>
    [Alias("DecideConsent")]
    Task<Outcome<ConsentView>> DecideConsent(DecideConsent command, string? interaction = null);

    /// <summary>What waits now.</summary>
    [Alias("GetWaiting")]
    Task<WhatWaits> GetWaiting();

    /// <summary>Waits until something else waits than what the reader knows, for at most <see cref="Domain.Limits.Watches.Heartbeat"/>.</summary>
    /// <param name="known">Ids of the requests, proposals and questions that the reader knows.</param>
    /// <param name="left">The reader has left: the wait is over, and the reader's place is free.</param>
    /// <returns>What waits now.</returns>
    [Alias("NextRequests")]
    Task<Outcome<WhatWaits>> NextRequests(ImmutableArray<string> known, CancellationToken left = default);
}

/// <summary>What became of a request.</summary>
/// <param name="Request">What waits for the customer now; absent if nobody was asked.</param>
[GenerateSerializer, Immutable, Alias("AskedConsent")]
public sealed record AskedConsent([property: Id(0)] WaitingRequest? Request);
