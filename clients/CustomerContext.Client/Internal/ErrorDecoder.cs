using CustomerContext.V1;
using Google.Rpc;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>Turns a gRPC failure into the typed exception, from google.rpc.Status in its trailers.</summary>
internal static class ErrorDecoder
{
    private const string Domain = "customercontext";

    private static readonly Dictionary<string, ErrorReason> Reasons = ErrorReasonReflection.Descriptor.EnumTypes
        .Single(type => type.Name == nameof(ErrorReason)).Values
        .ToDictionary(value => value.Name["ERROR_REASON_".Length..], value => (ErrorReason)value.Number);

    public static CustomerContextException Decode(RpcException failure)
    {
        var detail = DetailOf(failure);
        var message = failure.Status.Detail.Length > 0 ? failure.Status.Detail : $"The call failed with {failure.StatusCode}.";
        return detail.Code switch
        {
            StatusCode.PermissionDenied when detail.Reason == ErrorReason.ConsentRequired => new ConsentRequiredException(message, detail, failure),
            StatusCode.PermissionDenied when detail.Reason == ErrorReason.CodeNotAccepted => new CodeNotAcceptedException(message, detail, failure),
            StatusCode.PermissionDenied => new CallerNotAllowedException(message, detail, failure),
            StatusCode.Unauthenticated => new NotAuthenticatedException(message, detail, failure),
            StatusCode.InvalidArgument => new InvalidRequestException(message, detail, failure),
            StatusCode.FailedPrecondition => new PreconditionFailedException(message, detail, failure),
            StatusCode.Aborted => new ConflictException(message, detail, failure),
            StatusCode.NotFound => new NotFoundException(message, detail, failure),
            StatusCode.ResourceExhausted => new RateLimitedException(message, detail, failure),
            StatusCode.Unavailable or StatusCode.DeadlineExceeded => new ServerUnavailableException(message, detail, failure),
            _ => new CustomerContextException(message, detail, failure),
        };
    }

    /// <summary>True if no server of ours says why: what lies between failed.</summary>
    public static bool IsOfTransport(RpcException failure) => DetailOf(failure).Reason == ErrorReason.Unspecified;

    /// <summary>True if the connection broke. If that is because a ping had no answer, as from a server that halts, the library says INTERNAL; a server's own INTERNAL comes without the exception, and a certificate that is refused stays one.</summary>
    private static bool IsBroken(RpcException failure) => failure is
    {
        StatusCode: StatusCode.Internal or StatusCode.Unknown,
        Status.DebugException: HttpRequestException { HttpRequestError: not (HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError) } or IOException,
    };

    private static ErrorDetail DetailOf(RpcException failure)
    {
        // What lies between may garble the details; the status code still stands.
        var status = failure.Trailers.GetRpcStatus(ignoreParseError: true) ?? new Google.Rpc.Status();
        var info = status.GetDetail<ErrorInfo>() is { Domain: Domain } ours ? ours : new ErrorInfo();
        var violation = status.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault();
        return new ErrorDetail
        {
            Code = IsBroken(failure) ? StatusCode.Unavailable : failure.StatusCode,
            Reason = Reasons.GetValueOrDefault(info.Reason),
            Metadata = new Dictionary<string, string>(info.Metadata),
            Field = violation?.Field,
            Rule = violation?.Description,
            RetryDelay = status.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
        };
    }
}
