using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

public static class ServerCallContextExtensions
{
    private const string HttpContextKey = "__HttpContext"; // Where other contexts, made by tests, have to put it.

    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext) =>
        serverCallContext is ServerCall call
            ? call.Http
            : serverCallContext.UserState.TryGetValue(HttpContextKey, out var value) && value is HttpContext http
                ? http
                : throw new InvalidOperationException(
                    "Could not get HttpContext from ServerCallContext. HttpContext can only be accessed when gRPC services are hosted by ASP.NET Core.");
}
