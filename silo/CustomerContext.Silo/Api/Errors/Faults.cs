using CustomerContext.Domain.Common;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Ledger;
using Google.Protobuf;
using Grpc.Core;
using Orleans.Runtime;

namespace CustomerContext.Silo.Api.Errors;

/// <summary>The one table of exceptions: which of them mean "the store or the silo has trouble, try again".</summary>
internal static class Faults
{
    /// <summary>What a caller sees for an exception that reached the door.</summary>
    public static RpcException ToRpc(Exception error) => error switch
    {
        RpcException already => already,
        _ when IsTrouble(error) => RpcErrors.Unavailable(),

        // In the middle of a stream; a call that begins so never gets here.
        InvalidProtocolBufferException => RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "message", "must be one of the contract")),
        OperationCanceledException => new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled.")),
        _ => RpcErrors.Internal(),
    };

    /// <summary>True for trouble that passes: a store that does not answer, a grain that could not be reached in time.</summary>
    public static bool IsTrouble(Exception error) =>
        error is StateUnavailableException or LedgerUnavailableException or SiloLeavingException or TimeoutException or OrleansException;
}
