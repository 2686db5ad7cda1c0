using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Joins;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf;
using DecideConsent = CustomerContext.Domain.Consents.DecideConsent;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Requests for a grant that customers decide on their own page.</summary>
internal sealed class RequestCalls(CustomerSelf self, JoinDecisions decisions, JoinCodes codes)
{
    /// <summary>Decides.</summary>
    public async Task<Outcome<ConsentView>> Decide(CustomerCaller caller, DecideConsentRequest request)
    {
        var terms = request.Terms is null ? default : GrantTranslator.Read(request.Terms);
        var notice = GrantTranslator.Read(request.ShownNotice);
        var broken = TextRules.Check(request.ConsentRequestId, "consent_request_id", Limits.Consents.GrantIdLength) ?? terms.Refusal ?? notice.Refusal
            ?? (request.Decision is ConsentDecision.Approve or ConsentDecision.Decline ? null : new Refusal(RefusalReason.InvalidArgument, "decision", "must be yes or no"));
        if (broken is not null)
        {
            return broken;
        }

        var command = new DecideConsent(request.RequestId, request.ConsentRequestId, request.Decision == ConsentDecision.Approve, terms.Value)
        {
            IsProvisional = caller.Issuer == OwnTokens.Issuer,
            Notice = notice.Value,
        };
        return await self.FindKey(caller) is { } customer
            ? await decisions.Decide(customer, command, codes.OfContent(request.ToByteArray()))
            : new Refusal(RefusalReason.NotFound);
    }
}
