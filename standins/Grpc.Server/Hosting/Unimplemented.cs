using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers gRPC calls of services and methods that nobody has mapped.</summary>
internal static class Unimplemented
{
    private const string MethodParameter = "unimplementedMethod";

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string service, string detail)
    {
        var pattern = RoutePatternFactory.Parse(
            $"{service}/{{{MethodParameter}}}", null, new RouteValueDictionary { [MethodParameter] = new GrpcPostOnly() });
        return routes.Map(pattern, http =>
        {
            http.Response.ContentType = Names.ContentType;
            ResponseEnd.SetStatus(http.Response.Headers, new Status(StatusCode.Unimplemented, detail));
            return Task.CompletedTask;
        });
    }

    private sealed class GrpcPostOnly : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext is not null && HttpMethods.IsPost(httpContext.Request.Method) && Names.IsGrpc(httpContext.Request.ContentType);
    }
}
