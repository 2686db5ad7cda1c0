using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>
/// How a gRPC status is read from a response, or made up for what is none:
/// https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md
/// </summary>
internal static class ResponseStatus
{
    private const long RefusedStream = 0x7;
    private const long Cancel = 0x8;
    private const long EnhanceYourCalm = 0xb;
    private const long InadequateSecurity = 0xc;

    /// <summary>The status among headers or trailers, or null where there is none.</summary>
    public static Status? Read(HttpHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues(Names.Status, out var values))
        {
            return null;
        }

        if (!int.TryParse(values.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var code))
        {
            return new Status(StatusCode.Cancelled, "Unexpected grpc-status value: " + values);
        }

        var detail = headers.NonValidated.TryGetValues(Names.Message, out var message) ? StatusText.Decode(message.ToString()) : string.Empty;
        return new Status((StatusCode)code, detail);
    }

    /// <summary>The status at the end of a response that has been read.</summary>
    public static Status ReadEnd(HttpResponseMessage response) =>
        Read(response.TrailingHeaders) ?? new Status(StatusCode.Cancelled, "No grpc-status found on response.");

    /// <returns>Why this is no gRPC response, or null where it is one.</returns>
    public static Status? Validate(HttpResponseMessage response)
    {
        if (response.Version.Major < 2)
        {
            return new Status(StatusCode.Internal, $"Bad gRPC response. Response protocol downgraded to HTTP/{response.Version.ToString(2)}.");
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new Status(FromHttp(response.StatusCode), "Bad gRPC response. HTTP status code: " + (int)response.StatusCode);
        }

        if (!response.Content.Headers.NonValidated.TryGetValues("content-type", out var type))
        {
            return new Status(StatusCode.Cancelled, "Bad gRPC response. Response did not have a content-type header.");
        }

        return Names.IsGrpc(type.ToString())
            ? null
            : new Status(StatusCode.Cancelled, "Bad gRPC response. Invalid content-type value: " + type);
    }

    public static StatusCode CodeOf(Exception error)
    {
        var causes = Causes(error).ToArray();
        return causes.OfType<HttpProtocolException>().FirstOrDefault() is { } reset
            ? reset.ErrorCode switch
            {
                RefusedStream => StatusCode.Unavailable,
                Cancel => StatusCode.Cancelled,
                EnhanceYourCalm => StatusCode.ResourceExhausted,
                InadequateSecurity => StatusCode.PermissionDenied,
                _ => StatusCode.Internal,
            }
            : causes.Any(cause => cause is SocketException or IOException) ? StatusCode.Unavailable : StatusCode.Internal;
    }

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static StatusCode FromHttp(HttpStatusCode code) => (int)code switch
    {
        400 or 431 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        >= 100 and < 200 => StatusCode.Internal,
        _ => StatusCode.Unknown,
    };
}
