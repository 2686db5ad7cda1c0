using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Ways to a grant that begin with a tenant, and what people do with codes and links.</summary>
internal sealed partial class ConsentApi
{
    public override Task<CreateSharingCodeResponse> CreateSharingCode(CreateSharingCodeRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        return codes.Create(CallerOf.Customer(context), request);
    }

    public override Task<RedeemSharingCodeResponse> RedeemSharingCode(RedeemSharingCodeRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        return codes.Redeem(CallerOf.Tenant(context), request);
    }

    public override Task<RequestConsentResponse> RequestConsent(RequestConsentRequest request, ServerCallContext context) =>
        asks.Ask(CallerOf.Tenant(context), request);

    public override async Task WatchConsentRequest(
        WatchConsentRequestRequest request, IServerStreamWriter<WatchConsentRequestResponse> responseStream, ServerCallContext context)
    {
        var caller = CallerOf.Tenant(context);
        var stream = (await asks.Find(caller, request.ConsentRequestId)).OrThrow();
        await pushes.Run(stream, responseStream, caller.Until, context.CancellationToken);
    }

    public override Task<OpenJoinResponse> OpenJoin(OpenJoinRequest request, ServerCallContext context) =>
        joins.Open(CallerOf.Any(context), request, context.CancellationToken);

    public override Task<AcceptJoinResponse> AcceptJoin(AcceptJoinRequest request, ServerCallContext context) =>
        accepts.Accept(CallerOf.Any(context), request, context.CancellationToken);

    public override Task<StopMessagesResponse> StopMessages(StopMessagesRequest request, ServerCallContext context) => joins.Stop(request);

    public override async Task<DecideConsentResponse> DecideConsent(DecideConsentRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var view = (await requests.Decide(CallerOf.Customer(context), request)).OrThrow();
        return new DecideConsentResponse { Grant = view.Grant is null ? null : GrantOf(view), ConsentVersion = VersionOf(view.Consent) };
    }

    public override async Task WatchConsentRequests(
        WatchConsentRequestsRequest request, IServerStreamWriter<WatchConsentRequestsResponse> responseStream, ServerCallContext context)
    {
        var caller = CallerOf.Customer(context);
        var customer = await self.Find(caller);
        var translator = new WaitingTranslator(ids, customer is null ? null : CustomerSelf.ScopeOf(customer));
        var known = RequestStream.Read(request.ResumeToken).OrThrow();
        await pushes.Run(new RequestStream(customer, translator, known, time), responseStream, caller.Until, context.CancellationToken);
    }
}
