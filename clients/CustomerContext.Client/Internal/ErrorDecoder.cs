using CustomerContext.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>Turns a gRPC failure into the typed exception, from google.rpc.Status in its trailers.</summary>
internal static class ErrorDecoder
{
    private const string DetailsKey = "grpc-status-details-bin";
    private const string Domain = "customercontext";

    private static readonly Dictionary<string, ErrorReason> Reasons = ErrorReasonReflection.Descriptor.EnumTypes
        .Single(type => type.Name == nameof(ErrorReason)).Values
        .ToDictionary(value => value.Name["ERROR_REASON_".Length..], value => (ErrorReason)value.Number);

    public static CustomerContextException Decode(RpcException failure)
    {
        var detail = DetailOf(failure);
        var message = failure.Status.Detail.Length > 0 ? failure.Status.Detail : $"The call failed with {failure.StatusCode}.";
        return failure.StatusCode switch
        {
            StatusCode.PermissionDenied when detail.Reason == ErrorReason.ConsentRequired => new ConsentRequiredException(message, detail, failure),
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

    private static ErrorDetail DetailOf(RpcException failure)
    {
        var detail = new ErrorDetail { Code = failure.StatusCode };
        foreach (var part in StatusOf(failure).Details)
        {
            if (part.TryUnpack<ErrorInfo>(out var info) && info.Domain == Domain)
            {
                detail = detail with
                {
                    Reason = Reasons.GetValueOrDefault(info.Reason),
                    Metadata = new Dictionary<string, string>(info.Metadata),
                };
            }
            else if (part.TryUnpack<BadRequest>(out var bad) && bad.FieldViolations is [var violation, ..])
            {
                detail = detail with { Field = violation.Field, Rule = violation.Description };
            }
            else if (part.TryUnpack<RetryInfo>(out var retry) && retry.RetryDelay is { } delay)
            {
                detail = detail with { RetryDelay = delay.ToTimeSpan() };
            }
        }

        return detail;
    }

    private static Google.Rpc.Status StatusOf(RpcException failure)
    {
        try
        {
            return failure.Trailers.GetValueBytes(DetailsKey) is { } bytes ? Google.Rpc.Status.Parser.ParseFrom(bytes) : new Google.Rpc.Status();
        }
        catch (InvalidProtocolBufferException)
        {
            return new Google.Rpc.Status(); // what lies between may garble it; the status code still stands
        }
    }
}
