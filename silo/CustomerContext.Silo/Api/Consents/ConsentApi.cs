using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Joins;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Api.Ties;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using CreateGrant = CustomerContext.Domain.Consents.CreateGrant;
using PauseAll = CustomerContext.Domain.Consents.PauseAll;
using RevokeGrant = CustomerContext.Domain.Consents.RevokeGrant;
using SetPreferences = CustomerContext.Domain.Consents.SetPreferences;
using UpdateGrant = CustomerContext.Domain.Consents.UpdateGrant;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>What customers decide about themselves; the subject is always the token's own.</summary>
internal sealed partial class ConsentApi(
    CustomerSelf self,
    CurrentAccess access,
    CustomerIds ids,
    CodeCalls codes,
    RequestCalls requests,
    AskCalls asks,
    JoinCalls joins,
    AcceptCalls accepts,
    RecordsApi records,
    TieCalls ties,
    NetworkCalls networks,
    LookMailCalls mails,
    PushLoop pushes,
    TimeProvider time)
    : ConsentService.ConsentServiceBase
{
    public override async Task<SetPreferencesResponse> SetPreferences(SetPreferencesRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var preferences = PreferencesTranslator.Read(request.Preferences, CompanyNames()).OrThrow();
        var fields = UpdateMasks.OfPreferences(request.UpdateMask).OrThrow();
        var expected = UpdateMasks.Expected(request.ExpectedConsentVersion).OrThrow();
        var notice = GrantTranslator.Read(request.ShownNotice).OrThrow();
        var caller = CallerOf.Customer(context);
        if (caller.Issuer == OwnTokens.Issuer && EnrolRules.CheckProvisional(preferences) is { } broken)
        {
            throw RpcErrors.From(broken);
        }

        var customer = (await self.FindOrBecome(caller)).OrThrow();
        var view = (await customer.SetPreferences(new SetPreferences(request.RequestId, preferences, fields, expected) { Notice = notice }, self.OwnOf(caller))).OrThrow();
        return new SetPreferencesResponse
        {
            Preferences = PreferencesTranslator.ToProto(view.Consent.Preferences),
            ConsentVersion = VersionOf(view.Consent),
        };
    }

    public override async Task<CreateGrantResponse> CreateGrant(CreateGrantRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var terms = GrantTranslator.Read(request.Terms).OrThrow();
        var tenant = GrantTranslator.Tenant(request.Tenant, access).OrThrow();
        var expected = UpdateMasks.Expected(request.ExpectedConsentVersion).OrThrow();
        var notice = GrantTranslator.Read(request.ShownNotice).OrThrow();
        var customer = await Me(context, RefusalReason.NotOfAge);
        var view = (await customer.CreateGrant(new CreateGrant(request.RequestId, tenant, terms, expected) { Notice = notice })).OrThrow();
        return new CreateGrantResponse { Grant = GrantOf(view), ConsentVersion = VersionOf(view.Consent) };
    }

    public override async Task<UpdateGrantResponse> UpdateGrant(UpdateGrantRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        CheckGrantId(request.GrantId);
        var terms = GrantTranslator.Read(request.Terms).OrThrow();
        var fields = UpdateMasks.OfGrant(request.UpdateMask).OrThrow();
        var expected = UpdateMasks.Expected(request.ExpectedConsentVersion).OrThrow();
        var notice = GrantTranslator.Read(request.ShownNotice).OrThrow();
        var customer = await Me(context, RefusalReason.NotFound);
        var view = (await customer.UpdateGrant(new UpdateGrant(request.RequestId, new GrantId(request.GrantId), terms, expected) { Fields = fields, Notice = notice })).OrThrow();
        return new UpdateGrantResponse { Grant = GrantOf(view), ConsentVersion = VersionOf(view.Consent) };
    }

    public override async Task<RevokeGrantResponse> RevokeGrant(RevokeGrantRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        CheckGrantId(request.GrantId);
        var customer = await Me(context, RefusalReason.NotFound);
        var view = (await customer.RevokeGrant(new RevokeGrant(request.RequestId, new GrantId(request.GrantId)))).OrThrow();
        return new RevokeGrantResponse { Grant = GrantOf(view), ConsentVersion = VersionOf(view.Consent) };
    }

    public override async Task<PauseAllResponse> PauseAll(PauseAllRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var customer = await Me(context, RefusalReason.NotFound);
        var view = (await customer.PauseAll(new PauseAll(request.RequestId, true))).OrThrow();
        return new PauseAllResponse { PausedSinceTime = view.Consent.PausedAt?.ToTimestamp(), ConsentVersion = VersionOf(view.Consent) };
    }

    public override async Task<ResumeAllResponse> ResumeAll(ResumeAllRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var customer = await Me(context, RefusalReason.NotFound);
        var view = (await customer.PauseAll(new PauseAll(request.RequestId, false))).OrThrow();
        return new ResumeAllResponse { ConsentVersion = VersionOf(view.Consent) };
    }

    public override async Task<OpenConversationResponse> OpenConversation(OpenConversationRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var tenant = GrantTranslator.Tenant(request.Tenant, access).OrThrow();
        var customer = await Me(context, RefusalReason.NotOfAge);
        var view = (await customer.SetConversation(new SetConversation(request.RequestId, tenant, true))).OrThrow();
        var opened = view.Consent.Talking.FirstOrDefault(one => one.Tenant == tenant);
        return new OpenConversationResponse
        {
            Conversation = new V1.OpenedConversation { Tenant = tenant.Value, ExpiresTime = (opened?.Until ?? time.GetUtcNow()).ToTimestamp() },
            ConsentVersion = VersionOf(view.Consent),
        };
    }

    public override async Task<CloseConversationResponse> CloseConversation(CloseConversationRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var tenant = GrantTranslator.Tenant(request.Tenant, access).OrThrow();
        var customer = await Me(context, RefusalReason.NotFound);
        var view = (await customer.SetConversation(new SetConversation(request.RequestId, tenant, false))).OrThrow();
        return new CloseConversationResponse { ConsentVersion = VersionOf(view.Consent) };
    }

    public override async Task<ListGrantsResponse> ListGrants(ListGrantsRequest request, ServerCallContext context)
    {
        var page = Page.Read(request.PageSize, request.PageToken).OrThrow();
        var customer = await self.Find(CallerOf.Customer(context));
        var consent = customer is null ? ConsentState.None : await customer.GetConsent();
        var now = time.GetUtcNow();

        // Numbered by place from the oldest: grants are only ever added at the end.
        var grants = consent.Grants
            .Select((grant, i) => (Number: i + 1L, Grant: grant))
            .Where(item => item.Number < page.Before && (request.IncludeEnded || !item.Grant.HasEnded(now)))
            .Reverse()
            .Take(page.Size + 1)
            .ToArray();
        var response = new ListGrantsResponse
        {
            Preferences = PreferencesTranslator.ToProto(consent.Preferences),
            PausedSinceTime = consent.PausedAt?.ToTimestamp(),
            ConsentVersion = VersionOf(consent),
        };
        response.Grants.Add(grants.Take(page.Size).Select(item => GrantTranslator.ToProto(item.Grant, now)));
        if (grants.Length > page.Size)
        {
            response.NextPageToken = Page.TokenAfter(grants[page.Size - 1].Number);
        }

        return response;
    }

    public override async Task<ListDisclosuresResponse> ListDisclosures(ListDisclosuresRequest request, ServerCallContext context)
    {
        var page = Page.Read(request.PageSize, request.PageToken).OrThrow();
        var response = new ListDisclosuresResponse { ChainHead = new V1.ChainHead { Hash = DisclosureTranslator.BytesOf(default) } };
        if (await self.Find(CallerOf.Customer(context)) is { } customer)
        {
            await DisclosurePages.Fill(response, customer, request, page, time.GetUtcNow());
        }

        return response;
    }

    private async Task<ICustomerGrain> Me(ServerCallContext context, RefusalReason ifUnknown) =>
        await self.Find(CallerOf.Customer(context)) ?? throw RpcErrors.From(new Refusal(ifUnknown));

    private IEnumerable<string> CompanyNames() => access.Now.Tenants.Keys.Select(tenant => tenant.Value);

    private V1.Grant GrantOf(ConsentView view) => GrantTranslator.ToProto(view.Grant!, time.GetUtcNow());

    private static string VersionOf(ConsentState consent) => consent.Epoch.ToString(CultureInfo.InvariantCulture);

    private static void CheckGrantId(string id) => TextRules.Check(id, "grant_id", Limits.Consents.GrantIdLength).OrThrow();

    private static void CheckRequestId(string id) => TextRules.Check(id, "request_id", Limits.Consents.RequestIdLength).OrThrow();
}
