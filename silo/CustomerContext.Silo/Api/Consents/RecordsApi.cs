using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Consents.Receipts;
using CustomerContext.Grains;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Grpc.Core;
using Orleans;
using ChainHead = CustomerContext.Domain.Consents.ChainHead;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>What customers get of their records, for the token's own customer.</summary>
internal sealed class RecordsApi(CustomerSelf self, CustomerIds ids, IRecordSigner signer, PushLoop pushes, TimeProvider time)
{
    /// <summary>The signed receipt of a version of a grant.</summary>
    public async Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        if (request is { HasVersion: true, Version: < 1 })
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "version", "must be 1 or more"));
        }

        var customer = await self.Find(CallerOf.Customer(context)) ?? throw RpcErrors.From(new Refusal(RefusalReason.NotFound));
        var version = (await customer.GetGrantVersion(new GrantId(request.GrantId), request.HasVersion ? request.Version : null)).OrThrow();
        var principal = ids.For(version.Change.Grant!.Tenant, new CustomerKey(customer.GetPrimaryKeyString()));
        return new GetReceiptResponse
        {
            Receipt = signer.Sign(SignedTypes.Consent, ReceiptBytes.Of(ReceiptRules.Of(version, principal))),
            NoticeVersion = version.Change.Grant.Notice?.Version ?? "",
            NoticeLanguage = version.Change.Grant.Notice?.Language ?? "",
        };
    }

    /// <summary>Pushes records as they are made.</summary>
    public async Task WatchDisclosures(
        WatchDisclosuresRequest request, IServerStreamWriter<WatchDisclosuresResponse> responses, ServerCallContext context)
    {
        TextRules.Check(request.ResumeToken, "resume_token", Limits.Requests.TokenLength, required: false).OrThrow();
        var from = RecordToken.Read(request.ResumeToken, "resume_token").OrThrow();
        var caller = CallerOf.Customer(context);
        await pushes.Run(new DisclosureStream(() => self.Find(caller), from, time), responses, caller.Until, context.CancellationToken);
    }

    /// <summary>Hands everything over.</summary>
    public async Task Export(IServerStreamWriter<ExportCustomerResponse> responses, ServerCallContext context)
    {
        var pieces = new ExportPieces(responses, context.CancellationToken);
        await using var document = new ExportDocument(pieces, time.GetUtcNow());
        await document.Write(await self.Find(CallerOf.Customer(context)));
    }

    /// <summary>Erases. Who is nobody here has nothing, and gets a receipt that says so.</summary>
    public async Task<EraseCustomerResponse> Erase(ServerCallContext context)
    {
        var caller = CallerOf.Customer(context);
        if (await self.Find(caller) is { } customer)
        {
            var erased = await customer.Erase(self.Identities(caller));
            return new EraseCustomerResponse { Receipt = erased.Receipt, ChainHead = DisclosureTranslator.ToProto(erased.Head) };
        }

        var nothing = ErasureReceipt.Of(time.GetUtcNow(), ChainHead.Empty);
        return new EraseCustomerResponse
        {
            Receipt = signer.Sign(SignedTypes.Erasure, ReceiptBytes.Of(nothing)),
            ChainHead = DisclosureTranslator.ToProto(ChainHead.Empty),
        };
    }
}
