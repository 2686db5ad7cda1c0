using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OpenedConversation = CustomerContext.V1.OpenedConversation;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>How the customer's consent stands, each part by itself.</summary>
internal sealed partial class ConsentApi
{
    public override async Task<GetPreferencesResponse> GetPreferences(GetPreferencesRequest request, ServerCallContext context)
    {
        var consent = await MyConsent(context);
        return new GetPreferencesResponse
        {
            Preferences = PreferencesTranslator.ToProto(consent.Preferences),
            PausedSinceTime = consent.PausedAt?.ToTimestamp(),
            OpenConversations =
            {
                consent.Talking.Where(one => time.GetUtcNow() < one.Until).Select(one => new OpenedConversation { Tenant = one.Tenant.Value, ExpiresTime = one.Until.ToTimestamp() }),
            },
            ConsentVersion = VersionOf(consent),
        };
    }

    public override async Task<GetGrantResponse> GetGrant(GetGrantRequest request, ServerCallContext context)
    {
        CheckGrantId(request.GrantId);
        var consent = await MyConsent(context);
        var grant = consent.Find(new GrantId(request.GrantId)) ?? throw RpcErrors.From(new Refusal(RefusalReason.NotFound));
        return new GetGrantResponse { Grant = GrantTranslator.ToProto(grant, time.GetUtcNow()), ConsentVersion = VersionOf(consent) };
    }

    public override async Task<ListSourcesResponse> ListSources(ListSourcesRequest request, ServerCallContext context)
    {
        var consent = await MyConsent(context);
        return new ListSourcesResponse
        {
            Sources = { SourceTranslator.ToProto(consent, networks.All, networks.NameOf, time.GetUtcNow()) },
            ConsentVersion = VersionOf(consent),
        };
    }

    public override async Task<ListRequestsResponse> ListRequests(ListRequestsRequest request, ServerCallContext context)
    {
        var customer = await self.Find(CallerOf.Customer(context));
        return customer is null
            ? new ListRequestsResponse()
            : new WaitingTranslator(ids, CustomerSelf.ScopeOf(customer)).List(await customer.GetWaiting());
    }

    private async Task<ConsentState> MyConsent(ServerCallContext context) =>
        await self.Find(CallerOf.Customer(context)) is { } customer ? await customer.GetConsent() : ConsentState.None;
}
