using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Fakes;

internal sealed class FakeContexts(Script script) : ContextService.ContextServiceBase
{
    public override Task<GetContextResponse> GetContext(GetContextRequest request, ServerCallContext context) =>
        script.OnGet(script.Note(request, context), request, context);

    public override Task<GetHistoryResponse> GetHistory(GetHistoryRequest request, ServerCallContext context) => script.OtherAsync<GetHistoryResponse>(request, context);

    public override Task<BeginInteractionResponse> BeginInteraction(BeginInteractionRequest request, ServerCallContext context) =>
        script.OtherAsync<BeginInteractionResponse>(request, context);

    public override Task<ContinueInteractionResponse> ContinueInteraction(ContinueInteractionRequest request, ServerCallContext context) =>
        script.OtherAsync<ContinueInteractionResponse>(request, context);

    public override Task<EndInteractionResponse> EndInteraction(EndInteractionRequest request, ServerCallContext context) =>
        script.OtherAsync<EndInteractionResponse>(request, context);

    public override Task WatchContext(
        WatchContextRequest request, IServerStreamWriter<WatchContextResponse> responseStream, ServerCallContext context) =>
        script.OnWatch(script.Note(request, context), request, responseStream, context);
}

internal sealed class FakeSignals(Script script) : SignalService.SignalServiceBase
{
    public override Task<PublishSignalsResponse> PublishSignals(PublishSignalsRequest request, ServerCallContext context) =>
        script.OnPublish(script.Note(request, context), request, context);
}

internal sealed class FakeConsents(Script script) : ConsentService.ConsentServiceBase
{
    public override Task<SetPreferencesResponse> SetPreferences(SetPreferencesRequest request, ServerCallContext context) =>
        script.OtherAsync<SetPreferencesResponse>(request, context);

    public override Task<GetPreferencesResponse> GetPreferences(GetPreferencesRequest request, ServerCallContext context) =>
        script.OtherAsync<GetPreferencesResponse>(request, context);

    public override Task<OpenConversationResponse> OpenConversation(OpenConversationRequest request, ServerCallContext context) =>
        script.OtherAsync<OpenConversationResponse>(request, context);

    public override Task<CloseConversationResponse> CloseConversation(CloseConversationRequest request, ServerCallContext context) =>
        script.OtherAsync<CloseConversationResponse>(request, context);

    public override Task<CreateGrantResponse> CreateGrant(CreateGrantRequest request, ServerCallContext context) =>
        script.OtherAsync<CreateGrantResponse>(request, context);

    public override Task<RevokeGrantResponse> RevokeGrant(RevokeGrantRequest request, ServerCallContext context) =>
        script.OtherAsync<RevokeGrantResponse>(request, context);

    public override Task<ListGrantsResponse> ListGrants(ListGrantsRequest request, ServerCallContext context) =>
        script.OtherAsync<ListGrantsResponse>(request, context);

    public override Task<CreateSharingCodeResponse> CreateSharingCode(CreateSharingCodeRequest request, ServerCallContext context) =>
        script.OtherAsync<CreateSharingCodeResponse>(request, context);

    public override Task<RedeemSharingCodeResponse> RedeemSharingCode(RedeemSharingCodeRequest request, ServerCallContext context) =>
        script.OtherAsync<RedeemSharingCodeResponse>(request, context);

    public override Task<RequestConsentResponse> RequestConsent(RequestConsentRequest request, ServerCallContext context) =>
        script.OtherAsync<RequestConsentResponse>(request, context);

    public override async Task WatchConsentRequest(
        WatchConsentRequestRequest request, IServerStreamWriter<WatchConsentRequestResponse> responseStream, ServerCallContext context) =>
        await responseStream.WriteAsync(await script.OtherAsync<WatchConsentRequestResponse>(request, context));

    public override Task<OpenJoinResponse> OpenJoin(OpenJoinRequest request, ServerCallContext context) => script.OtherAsync<OpenJoinResponse>(request, context);

    public override Task<AcceptJoinResponse> AcceptJoin(AcceptJoinRequest request, ServerCallContext context) =>
        script.OtherAsync<AcceptJoinResponse>(request, context);

    public override Task<StopMessagesResponse> StopMessages(StopMessagesRequest request, ServerCallContext context) =>
        script.OtherAsync<StopMessagesResponse>(request, context);

    public override Task<DecideConsentResponse> DecideConsent(DecideConsentRequest request, ServerCallContext context) =>
        script.OtherAsync<DecideConsentResponse>(request, context);

    public override async Task WatchConsentRequests(
        WatchConsentRequestsRequest request, IServerStreamWriter<WatchConsentRequestsResponse> responseStream, ServerCallContext context) =>
        await responseStream.WriteAsync(await script.OtherAsync<WatchConsentRequestsResponse>(request, context));

    public override Task<ListTiesResponse> ListTies(ListTiesRequest request, ServerCallContext context) => script.OtherAsync<ListTiesResponse>(request, context);

    public override Task<DecideTieResponse> DecideTie(DecideTieRequest request, ServerCallContext context) => script.OtherAsync<DecideTieResponse>(request, context);

    public override Task<CreateFriendCodeResponse> CreateFriendCode(CreateFriendCodeRequest request, ServerCallContext context) =>
        script.OtherAsync<CreateFriendCodeResponse>(request, context);

    public override Task<RedeemFriendCodeResponse> RedeemFriendCode(RedeemFriendCodeRequest request, ServerCallContext context) =>
        script.OtherAsync<RedeemFriendCodeResponse>(request, context);

    public override Task<GetLookMailResponse> GetLookMail(GetLookMailRequest request, ServerCallContext context) => script.OtherAsync<GetLookMailResponse>(request, context);

    public override Task<SetLookMailResponse> SetLookMail(SetLookMailRequest request, ServerCallContext context) => script.OtherAsync<SetLookMailResponse>(request, context);

    public override Task<ListDisclosuresResponse> ListDisclosures(ListDisclosuresRequest request, ServerCallContext context) =>
        script.OtherAsync<ListDisclosuresResponse>(request, context);
}

internal sealed class FakeWork(Script script) : AttentionService.AttentionServiceBase
{
    public override Task<ListWorkResponse> ListWork(ListWorkRequest request, ServerCallContext context) => script.OtherAsync<ListWorkResponse>(request, context);

    public override Task<ClaimWorkResponse> ClaimWork(ClaimWorkRequest request, ServerCallContext context) => script.OtherAsync<ClaimWorkResponse>(request, context);

    public override Task<CompleteWorkResponse> CompleteWork(CompleteWorkRequest request, ServerCallContext context) => script.OtherAsync<CompleteWorkResponse>(request, context);

    public override Task<HandOverWorkResponse> HandOverWork(HandOverWorkRequest request, ServerCallContext context) => script.OtherAsync<HandOverWorkResponse>(request, context);
}

internal sealed class FakeWebhooks(Script script) : WebhookService.WebhookServiceBase
{
    public override Task<ReplayWebhooksResponse> ReplayWebhooks(ReplayWebhooksRequest request, ServerCallContext context) => script.OtherAsync<ReplayWebhooksResponse>(request, context);
}

internal sealed class FakeIdentities(Script script) : IdentityService.IdentityServiceBase
{
    public override Task<LinkIdentifierResponse> LinkIdentifier(LinkIdentifierRequest request, ServerCallContext context) =>
        script.OtherAsync<LinkIdentifierResponse>(request, context);

    public override Task<UnlinkIdentifierResponse> UnlinkIdentifier(UnlinkIdentifierRequest request, ServerCallContext context) =>
        script.OtherAsync<UnlinkIdentifierResponse>(request, context);

    public override Task<ResolveCustomerResponse> ResolveCustomer(ResolveCustomerRequest request, ServerCallContext context) =>
        script.OtherAsync<ResolveCustomerResponse>(request, context);
}

internal sealed class FakeCatalogue(Script script) : CatalogService.CatalogServiceBase
{
    public override Task<GetCatalogResponse> GetCatalog(GetCatalogRequest request, ServerCallContext context) => script.OtherAsync<GetCatalogResponse>(request, context);
}
