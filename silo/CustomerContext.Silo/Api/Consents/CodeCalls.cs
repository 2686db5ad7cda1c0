using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Interactions;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Orleans;
using CreateSharingCode = CustomerContext.Domain.Consents.CreateSharingCode;
using RedeemSharingCode = CustomerContext.Domain.Consents.RedeemSharingCode;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Sharing codes.</summary>
internal sealed class CodeCalls(
    IGrainFactory grains,
    CustomerSelf self,
    SubjectResolver subjects,
    InteractionFinder interactions,
    SecretCodes codes,
    CustomerIds ids,
    TenantActors actors,
    RefusalFloor floor,
    CurrentAccess access,
    TimeProvider time)
{
    /// <summary>Makes a code for the customer who calls.</summary>
    public async Task<CreateSharingCodeResponse> Create(CustomerCaller caller, CreateSharingCodeRequest request)
    {
        var terms = GrantTranslator.Read(request.Terms).OrThrow();
        var tenant = GrantTranslator.Tenant(request.Tenant, access).OrThrow();
        var lifetime = Times.Read(request.LifetimeDuration, "lifetime_duration").OrThrow() ?? Limits.Consents.CodeLifetime;
        var customer = await self.FindKey(caller) ?? throw RpcErrors.From(new Refusal(RefusalReason.NotOfAge));
        var code = codes.Make(customer, request.RequestId);
        var command = new CreateSharingCode(request.RequestId, tenant, terms, lifetime) { Notice = GrantTranslator.Read(request.ShownNotice).OrThrow() };
        var view = (await Grain(customer).CreateSharingCode(command, codes.Hash(customer, code))).OrThrow();

        // Of a repeat whose code was used, or has died meanwhile, the end is now.
        var made = view.Consent.Codes.FirstOrDefault(made => made.RequestId == request.RequestId);
        return new CreateSharingCodeResponse { Code = code, ExpiresTime = (made?.Until ?? time.GetUtcNow()).ToTimestamp() };
    }

    /// <summary>Redeems a code for the tenant that calls.</summary>
    public async Task<RedeemSharingCodeResponse> Redeem(TenantCaller caller, RedeemSharingCodeRequest request)
    {
        var arrived = time.GetTimestamp();
        var code = SecretCodes.Digits(request.Code);
        TextRules.Check(code, "code", Limits.Consents.CodeLength).OrThrow();
        TextRules.Check(request.InteractionId, "interaction_id", Limits.Consents.InteractionLength).OrThrow();
        var by = actors.Of(caller, request.InteractionId).OrThrow();
        var named = (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();
        var command = new RedeemSharingCode(request.RequestId, by, codes.Hash(named.Customer, code));
        var opened = await interactions.Find(caller.Tenant, request.InteractionId).Add(by, named.Customer);

        // One too many in the interaction is answered as a wrong code is: who is in it may be somebody who was only tried.
        var redeemed = opened.IsOk ? await Grain(named.Customer).RedeemSharingCode(command, opened.Value.BegunAt)
            : opened.Refusal.Reason == RefusalReason.LimitReached ? new Refusal(RefusalReason.CodeNotAccepted)
            : opened.Refusal;
        if (redeemed.Refusal is { } refusal)
        {
            throw await floor.Refused(refusal, arrived);
        }

        return new RedeemSharingCodeResponse
        {
            CustomerId = ids.For(caller.Tenant, named.Customer),
            Grant = GrantTranslator.ToProto(redeemed.Value!.Grant!, time.GetUtcNow()),
        };
    }

    private ICustomerGrain Grain(CustomerKey customer) => grains.GetGrain<ICustomerGrain>(customer.Value);
}
