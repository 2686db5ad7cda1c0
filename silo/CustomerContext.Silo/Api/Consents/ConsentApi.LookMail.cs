using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Mail about looks.</summary>
internal sealed partial class ConsentApi
{
    public override async Task<GetLookMailResponse> GetLookMail(GetLookMailRequest request, ServerCallContext context) =>
        await mails.Get(await self.Find(CallerOf.Customer(context)));

    public override async Task<SetLookMailResponse> SetLookMail(SetLookMailRequest request, ServerCallContext context) =>
        await mails.Set(CallerOf.Customer(context), await Me(context, RefusalReason.NotOfAge), request);
}
