using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace CustomerContext.Silo.Api.Errors;

/// <summary>
/// The one mapper from what went wrong to what a caller sees: a gRPC status with <c>google.rpc.Status</c> in <c>grpc-status-details-bin</c> holding one
/// <c>ErrorInfo</c>, and <c>BadRequest</c> or <c>RetryInfo</c> where they help. Texts are fixed: nothing of a caller's or a customer's data is in them.
/// </summary>
internal static class RpcErrors
{
    private const string ErrorDomain = "customercontext";
    private const string DetailsKey = "grpc-status-details-bin";

    private static readonly Duration _retryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200));
    private static readonly Duration _keysDelay = Duration.FromTimeSpan(Limits.Access.KeyFetchEvery);

    /// <summary>The answer to an expected refusal.</summary>
    public static RpcException From(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.InvalidArgument => BadRequest(refusal),
        RefusalReason.Unavailable => Unavailable(),
        _ => Make(CodeOf(refusal.Reason), ReasonOf(refusal.Reason), refusal.Rule ?? TextOf(refusal.Reason)),
    };

    /// <summary>The contract's reason of a refusal.</summary>
    public static ErrorReason ReasonOf(RefusalReason reason) => reason switch
    {
        RefusalReason.InvalidArgument => ErrorReason.InvalidArgument,
        RefusalReason.ConsentRequired => ErrorReason.ConsentRequired,
        RefusalReason.CallerNotAllowed => ErrorReason.CallerNotAllowed,
        RefusalReason.TooLate => ErrorReason.TooLate,
        RefusalReason.LimitReached => ErrorReason.LimitReached,
        RefusalReason.RequestIdReused => ErrorReason.RequestIdReused,
        RefusalReason.NotFound => ErrorReason.NotFound,
        RefusalReason.NotOfAge => ErrorReason.NotOfAge,
        RefusalReason.Unavailable => ErrorReason.StoreUnavailable,
        RefusalReason.ResumeTokenTooOld => ErrorReason.ResumeTokenTooOld,
        RefusalReason.NotImplemented => ErrorReason.NotImplemented,
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static StatusCode CodeOf(RefusalReason reason) => reason switch
    {
        RefusalReason.ConsentRequired or RefusalReason.CallerNotAllowed => StatusCode.PermissionDenied,
        RefusalReason.TooLate or RefusalReason.LimitReached or RefusalReason.NotOfAge => StatusCode.FailedPrecondition,
        RefusalReason.RequestIdReused => StatusCode.Aborted,
        RefusalReason.NotFound => StatusCode.NotFound,
        RefusalReason.ResumeTokenTooOld => StatusCode.OutOfRange,
        RefusalReason.NotImplemented => StatusCode.Unimplemented,
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static string TextOf(RefusalReason reason) => reason switch
    {
        RefusalReason.ConsentRequired => "The customer has not granted this.",
        RefusalReason.CallerNotAllowed => "The caller may not do this.",
        RefusalReason.TooLate => "The signal is older than what can still be told from a repeat.",
        RefusalReason.LimitReached => "A limit is reached.",
        RefusalReason.RequestIdReused => "The request id was used before with other content.",
        RefusalReason.NotFound => "There is no such thing of this customer.",
        RefusalReason.ResumeTokenTooOld => "What followed the token is no longer there; begin anew.",
        RefusalReason.NotOfAge => "The customer has not said that they are of age.",
        _ => "A later version does this.",
    };

    /// <summary>The store did not answer, or nobody knows what it did.</summary>
    public static RpcException Unavailable() =>
        Make(StatusCode.Unavailable, ErrorReason.StoreUnavailable, "The store did not answer; try again.", new RetryInfo { RetryDelay = _retryDelay });

    /// <summary>The caller has used up their rate; there is room again after <paramref name="wait"/>.</summary>
    public static RpcException RateLimited(TimeSpan wait) => Make(
        StatusCode.ResourceExhausted, ErrorReason.RateLimited, "Too much at once; try again later.", new RetryInfo { RetryDelay = Duration.FromTimeSpan(wait) });

    /// <summary>What a later version does.</summary>
    public static RpcException NotImplemented(string what) =>
        Make(StatusCode.Unimplemented, ErrorReason.NotImplemented, $"{what} comes with a later version.");

    /// <summary>The caller may not do this, whatever the customer says.</summary>
    public static RpcException NotAllowed(string why) => Make(StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, why);

    /// <summary>The token is missing or not good.</summary>
    public static RpcException Unauthenticated(TokenFault fault) => fault switch
    {
        TokenFault.KeysUnknown => Make(
            StatusCode.Unavailable, ErrorReason.ServerUnavailable, "The issuer's keys cannot be had now; try again.", new RetryInfo { RetryDelay = _keysDelay }),
        TokenFault.Missing => Make(StatusCode.Unauthenticated, ErrorReason.TokenMissing, "Send an access token: authorization: Bearer TOKEN."),
        TokenFault.Expired => Make(StatusCode.Unauthenticated, ErrorReason.TokenExpired, "The access token has expired or is not valid yet."),
        _ => Make(StatusCode.Unauthenticated, ErrorReason.TokenInvalid, "The access token is not valid here."),
    };

    /// <summary>A fault of ours; what it was is in the log.</summary>
    public static RpcException Internal() => new(new Grpc.Core.Status(StatusCode.Internal, "The service failed; it was logged."));

    private static RpcException BadRequest(Refusal refusal)
    {
        var violation = new BadRequest.Types.FieldViolation { Field = refusal.Field ?? "", Description = refusal.Rule ?? "" };
        return Make(
            StatusCode.InvalidArgument,
            ErrorReason.InvalidArgument,
            $"{refusal.Field} {refusal.Rule}",
            new BadRequest { FieldViolations = { violation } });
    }

    private static RpcException Make(StatusCode code, ErrorReason reason, string text, params ReadOnlySpan<IMessage> details)
    {
        var status = new Status { Code = (int)code, Message = text };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = ErrorDomain, Reason = ErrorReasons.NameOf(reason) }));
        foreach (var detail in details)
        {
            status.Details.Add(Any.Pack(detail));
        }

        var trailers = new Metadata { { DetailsKey, status.ToByteArray() } };
        return new RpcException(new Grpc.Core.Status(code, text), trailers);
    }
}
