using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Ties;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>What waits for the customer's own word, as they are told.</summary>
/// <param name="ids">Makes ids of other people.</param>
/// <param name="scope">In which those ids are the customer's own; absent if there is no customer, for whom nothing waits.</param>
internal sealed class WaitingTranslator(CustomerIds ids, TenantId? scope)
{
    /// <summary>One message for each, with its id.</summary>
    public IEnumerable<(string Id, WatchConsentRequestsResponse Message)> ToProto(WhatWaits waiting) =>
        waiting.Requests.Select(request => (request.Id, new WatchConsentRequestsResponse { ConsentRequest = ToProto(request) }))
            .Concat(waiting.Proposals.Select(proposal => (proposal.Id, new WatchConsentRequestsResponse { Proposal = ToProto(proposal) })))
            .Concat(waiting.Question is { } question ? [(question.Id, new WatchConsentRequestsResponse { PanelQuestion = ToProto(question) })] : []);

    /// <summary>All of it in one list, newest first.</summary>
    public ListRequestsResponse List(WhatWaits waiting) => new()
    {
        ConsentRequests = { waiting.Requests.Reverse().Select(ToProto) },
        Proposals = { waiting.Proposals.Select(ToProto) },
        PanelQuestion = waiting.Question is { } question ? ToProto(question) : null,
    };

    private static ConsentRequest ToProto(WaitingRequest request) => new()
    {
        ConsentRequestId = request.Id,
        Tenant = request.Tenant.Value,
        Terms = GrantTranslator.ToProto(request.Terms, request.Tenant),
        InteractionId = request.Interaction ?? "",
        CreateTime = request.CreatedAt.ToTimestamp(),
        ExpiresTime = request.Until.ToTimestamp(),
    };

    private Proposal ToProto(TieProposal proposal) => new()
    {
        ProposalId = proposal.Id,
        Kind = (ProposalKind)proposal.Kind,
        OtherCustomerId = proposal.Other is { } other ? ids.For(scope, other) : "",
        TribeId = proposal.Tribe?.Value ?? "",
        Topics = { proposal.Topics },
        Source = proposal.Source?.Value ?? "",
        CreateTime = proposal.CreatedAt.ToTimestamp(),
        TieId = proposal.Other is null ? "" : proposal.Id,
        EvidenceBand = proposal.Other is null ? EvidenceBand.Unspecified : TieTranslator.Band(proposal.Supporters),
    };

    private static V1.PanelQuestion ToProto(AskedQuestion question) => new()
    {
        QuestionId = question.Id,
        TribeId = question.Tribe.Value,
        Topic = question.Topic,
        ExpiresTime = question.Until.ToTimestamp(),
    };
}
