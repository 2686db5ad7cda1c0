using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server;

internal sealed class ServerStreamingHandler<TService, TRequest, TResponse> : CallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> _method;
    private readonly ServerStreamingServerMethod<TRequest, TResponse> _pipeline;

    public ServerStreamingHandler(Method<TRequest, TResponse> method, MethodInfo target, CallSettings settings)
        : base(method, settings)
    {
        _method = target.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        _pipeline = Pipeline<ServerStreamingServerMethod<TRequest, TResponse>>(
            (request, responses, context) => OnServiceAsync(
                context, (_method, request, responses, context),
                static (service, call) => Done(call._method(service, call.request, call.responses, call.context))),
            static (interceptors, next) => (request, responses, context) => OnAsync(
                interceptors, context, (request, responses, context, next),
                static (interceptor, call) => Done(interceptor.ServerStreamingServerHandler(call.request, call.responses, call.context, call.next))));
    }

    protected override async Task InvokeAsync(ServerCall call)
    {
        LiftLimits(call.Http, streamedRequest: false);
        var request = await RequestBody.ReadOnlyAsync(call, Method.RequestMarshaller);
        var responses = new ResponseWriter<TResponse>(call, Method.ResponseMarshaller);
        try
        {
            await _pipeline(request, responses, call);
        }
        finally
        {
            responses.Complete();
        }
    }
}
