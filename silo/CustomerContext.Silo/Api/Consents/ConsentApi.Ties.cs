using CustomerContext.Silo.Api.Calls;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>The people around the customer.</summary>
internal sealed partial class ConsentApi
{
    public override Task<ListTiesResponse> ListTies(ListTiesRequest request, ServerCallContext context) => ties.List(CallerOf.Customer(context), request);

    public override Task<DecideTieResponse> DecideTie(DecideTieRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        return ties.Decide(CallerOf.Customer(context), request);
    }

    public override Task<CreateFriendCodeResponse> CreateFriendCode(CreateFriendCodeRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        return ties.Create(CallerOf.Customer(context), request);
    }

    public override Task<RedeemFriendCodeResponse> RedeemFriendCode(RedeemFriendCodeRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        return ties.Redeem(CallerOf.Customer(context), request);
    }
}
