using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers requests that are no gRPC calls.</summary>
internal static class Refusal
{
    /// <returns>Whether the request was refused.</returns>
    public static bool Refuses(HttpContext http)
    {
        var request = http.Request;
        if (!Names.IsGrpc(request.ContentType))
        {
            var detail = request.ContentType is null
                ? "Content-Type is missing from the request."
                : $"Content-Type '{request.ContentType}' is not supported.";
            return Refuse(http.Response, StatusCodes.Status415UnsupportedMediaType, detail);
        }

        if (!HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol))
        {
            http.Response.Headers.Upgrade = HttpProtocol.Http2;
            return Refuse(http.Response, StatusCodes.Status426UpgradeRequired, $"Request protocol '{request.Protocol}' is not supported.");
        }

        return false;
    }

    private static bool Refuse(HttpResponse response, int statusCode, string detail)
    {
        response.StatusCode = statusCode;
        ResponseEnd.SetStatus(response.Headers, new Status(StatusCode.Internal, detail));
        return true;
    }
}
