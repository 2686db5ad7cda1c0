using System.Globalization;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server;

/// <summary>The last word of a response: trailers behind its messages or, where there are none, its headers.</summary>
internal static class ResponseEnd
{
    private static readonly string[] Codes =
        [.. Enumerable.Range(0, (int)StatusCode.Unauthenticated + 1).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public static void Write(HttpResponse response, Metadata? trailers, Status status)
    {
        var target = Target(response);
        foreach (var entry in trailers ?? Metadata.Empty)
        {
            target.Append(entry.Key, entry.HeaderValue);
        }

        SetStatus(target, status);
    }

    public static void SetStatus(IHeaderDictionary target, Status status)
    {
        target.GrpcStatus = (uint)status.StatusCode < Codes.Length ? Codes[(int)status.StatusCode] : status.StatusCode.ToString("D");
        target.GrpcMessage = string.IsNullOrEmpty(status.Detail) ? default : StatusText.Encode(status.Detail);
    }

    private static IHeaderDictionary Target(HttpResponse response) => !response.HasStarted
        ? response.Headers
        : response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
            ?? throw new InvalidOperationException("Trailers are not supported for this response. The server may not support gRPC.");
}
