using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Ciba;
using CustomerContext.V1;
using Orleans;
using DecideConsent = CustomerContext.Domain.Consents.DecideConsent;
using RequestConsent = CustomerContext.Domain.Consents.RequestConsent;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Requests for a grant: asked by tenants, decided by customers.</summary>
internal sealed class RequestCalls(
    IGrainFactory grains,
    SubjectResolver subjects,
    TenantActors actors,
    TenantRequests repeats,
    CibaDesk devices,
    RefusalFloor floor,
    CurrentAccess access,
    TimeProvider time)
{
    /// <summary>Asks, if there is somebody to ask; the caller is told the same in the same time.</summary>
    public async Task<RequestConsentResponse> Ask(TenantCaller caller, RequestConsentRequest request)
    {
        var arrived = time.GetTimestamp();
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        var terms = GrantTranslator.Read(request.Terms).OrThrow();
        var by = actors.Of(caller, request.InteractionId).OrThrow();
        if (!terms.Purposes.All(purpose => access.Now.Allows(caller, purpose)))
        {
            throw RpcErrors.NotAllowed("A purpose is not enabled for the caller's tenant, or not for the program that got the token.");
        }

        var named = (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();
        var asked = await grains.GetGrain<ICustomerGrain>(named.Customer.Value).RequestConsent(new RequestConsent(request.RequestId, by, terms));
        if (asked.OrThrow().Request is { } waiting)
        {
            devices.Begin(named.Customer, waiting, request.Subject);
        }

        await floor.Wait(arrived);
        return new RequestConsentResponse { Outcome = RequestConsentOutcome.Sent };
    }

    /// <summary>Decides.</summary>
    public static async Task<Outcome<ConsentView>> Decide(ICustomerGrain customer, DecideConsentRequest request)
    {
        var terms = request.Terms is null ? default : GrantTranslator.Read(request.Terms);
        var broken = TextRules.Check(request.ConsentRequestId, "consent_request_id", Limits.Consents.GrantIdLength) ?? terms.Refusal
            ?? (request.Decision is ConsentDecision.Approve or ConsentDecision.Decline ? null : new Refusal(RefusalReason.InvalidArgument, "decision", "must be yes or no"));
        return broken is null
            ? await customer.DecideConsent(new DecideConsent(
                request.RequestId, request.ConsentRequestId, request.Decision == ConsentDecision.Approve, terms.Value))
            : broken;
    }
}
