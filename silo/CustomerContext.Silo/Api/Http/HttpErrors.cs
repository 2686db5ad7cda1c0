using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Http;

/// <summary>
/// What a refused call looks like over HTTP: the status that belongs to its gRPC code, and the same <c>google.rpc.Status</c> as JSON. What gRPC would say is worked out by
/// <see cref="Errors.RpcErrors"/>; nothing is decided here.
/// </summary>
internal static class HttpErrors
{
    /// <summary>What may stand in the details of an error.</summary>
    public static TypeRegistry Details { get; } = TypeRegistry.FromMessages(ErrorInfo.Descriptor, BadRequest.Descriptor, RetryInfo.Descriptor);

    private static readonly JsonFormatter _json = new(JsonFormatter.Settings.Default.WithTypeRegistry(Details));

    /// <summary>The HTTP status of a gRPC code, after the table of <c>google/rpc/code.proto</c>.</summary>
    public static int StatusOf(StatusCode code) => code switch
    {
        StatusCode.OK => StatusCodes.Status200OK,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.Aborted or StatusCode.AlreadyExists => StatusCodes.Status409Conflict,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Answers with <paramref name="error"/>; <paramref name="httpStatus"/> where HTTP has a better word than the code's.</summary>
    public static Task Answer(Microsoft.AspNetCore.Http.HttpResponse response, RpcException error, int? httpStatus = null)
    {
        response.StatusCode = httpStatus ?? StatusOf(error.StatusCode);
        SayWhen(response, error);
        return Write(response, Json(error));
    }

    /// <summary><paramref name="error"/> as JSON.</summary>
    public static string Json(RpcException error) =>
        _json.Format(error.GetRpcStatus() ?? new Google.Rpc.Status { Code = (int)error.StatusCode, Message = error.Status.Detail });

    /// <summary>Says in the headers when to try again, if <paramref name="error"/> does.</summary>
    public static void SayWhen(Microsoft.AspNetCore.Http.HttpResponse response, RpcException error)
    {
        if (error.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay is { } delay)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(delay.ToTimeSpan().TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Writes an answer of JSON.</summary>
    public static Task Write(Microsoft.AspNetCore.Http.HttpResponse response, string json)
    {
        response.ContentType = "application/json";
        return response.WriteAsync(json);
    }
}
