using System.Collections.Immutable;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What waits for the customer's own word.</summary>
/// <param name="Requests">Of companies, oldest first.</param>
/// <param name="Proposals">The newest ones, newest first.</param>
/// <param name="Question">Of a tribe; absent: none.</param>
[GenerateSerializer, Immutable, Alias("WhatWaits")]
public sealed record WhatWaits(
    [property: Id(0)] ImmutableArray<WaitingRequest> Requests, [property: Id(1)] ImmutableArray<TieProposal> Proposals, [property: Id(2)] AskedQuestion? Question)
{
    /// <summary>Nothing.</summary>
    public static WhatWaits Nothing { get; } = new([], [], null);

    /// <summary>The ids of all of it: each 32 hexadecimal digits.</summary>
    public IEnumerable<string> Ids =>
        Requests.Select(request => request.Id).Concat(Proposals.Select(proposal => proposal.Id)).Concat(Question is { } question ? [question.Id] : []);

    /// <summary>When some of it waits no more by itself.</summary>
    public IEnumerable<DateTimeOffset> Ends => Requests.Select(request => request.Until).Concat(Question is { } question ? [question.Until] : []);
}
