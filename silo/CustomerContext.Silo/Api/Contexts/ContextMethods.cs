using CustomerContext.V1;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// GetContext once more, with an answer that leaves as bytes that are ready. gRPC finds the method of the contract by itself, whose answer is a message; that one serves callers by JSON, and stands
/// behind this one for those by gRPC.
/// </summary>
internal sealed class ContextMethods : IServiceMethodProvider<ContextApi>
{
    /// <summary>Endpoints of a lower number are taken first; this one's is 0.</summary>
    private const int Behind = 1;

    private static readonly Method<GetContextRequest, ReadyAnswer> _get = new(
        MethodType.Unary,
        ContextService.Descriptor.FullName,
        nameof(ContextApi.GetContext),
        Marshallers.Create<GetContextRequest>(
            (_, _) => throw new NotSupportedException(), context => GetContextRequest.Parser.ParseFrom(context.PayloadAsReadOnlySequence())),
        Marshallers.Create<ReadyAnswer>(
            (answer, context) => answer.WriteTo(context), _ => throw new NotSupportedException()));

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<ContextApi> context) => context.AddUnaryMethod(
        _get,
        [new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true)],
        (service, request, call) => service.Look(request, call));

    /// <summary>Puts the method that gRPC found behind the ready one.</summary>
    public static void PutBehind(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder route && route.Metadata.OfType<GrpcMethodMetadata>().Any(method => method.Method is Method<GetContextRequest, GetContextResponse>))
        {
            route.Order = Behind;
        }
    }
}
