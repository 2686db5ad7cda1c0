using CustomerContext.V1;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// The methods of <see cref="ContextApi"/>. gRPC finds those of other services by itself and gives each a marshaller of messages. The answer of GetContext leaves as bytes that are ready, so
/// all methods of this service are named to gRPC here, and it finds none (<see cref="ContextApi.BindNothing"/>).
/// </summary>
internal sealed class ContextMethods : IServiceMethodProvider<ContextApi>
{
    private static readonly Method<GetContextRequest, ReadyAnswer> _get = new(
        MethodType.Unary,
        ContextService.Descriptor.FullName,
        nameof(ContextApi.GetContext),
        Marshallers.Create<GetContextRequest>(
            (_, _) => throw new NotSupportedException(), context => GetContextRequest.Parser.ParseFrom(context.PayloadAsReadOnlySequence())),
        Marshallers.Create<ReadyAnswer>(
            (answer, context) => answer.WriteTo(context), _ => throw new NotSupportedException()));

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<ContextApi> context) => ContextService.BindService(new Binder(context), null);

    private sealed class Binder(ServiceMethodProviderContext<ContextApi> context) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        {
            if (method.Name == _get.Name)
            {
                context.AddUnaryMethod(_get, [], (service, request, call) => service.Look(request, call));
            }
            else
            {
                context.AddUnaryMethod(method, [], HandlerOf<UnaryServerMethod<ContextApi, TRequest, TResponse>>(method.Name));
            }
        }

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddServerStreamingMethod(method, [], HandlerOf<ServerStreamingServerMethod<ContextApi, TRequest, TResponse>>(method.Name));

        private static T HandlerOf<T>(string name)
            where T : Delegate => typeof(ContextApi).GetMethod(name)!.CreateDelegate<T>();
    }
}
