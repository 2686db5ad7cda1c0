using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Receipts, the record of looks as it grows, and taking everything out or away.</summary>
internal sealed partial class ConsentApi
{
    public override Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        CheckGrantId(request.GrantId);
        return records.GetReceipt(request, context);
    }

    public override Task WatchDisclosures(
        WatchDisclosuresRequest request, IServerStreamWriter<WatchDisclosuresResponse> responseStream, ServerCallContext context) =>
        records.WatchDisclosures(request, responseStream, context);

    public override Task ExportCustomer(
        ExportCustomerRequest request, IServerStreamWriter<ExportCustomerResponse> responseStream, ServerCallContext context) =>
        records.Export(responseStream, context);

    public override Task<EraseCustomerResponse> EraseCustomer(EraseCustomerRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        return records.Erase(context);
    }
}
