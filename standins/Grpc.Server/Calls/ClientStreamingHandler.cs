using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server;

internal sealed class ClientStreamingHandler<TService, TRequest, TResponse> : CallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> _method;
    private readonly ClientStreamingServerMethod<TRequest, TResponse> _pipeline;

    public ClientStreamingHandler(Method<TRequest, TResponse> method, MethodInfo target, CallSettings settings)
        : base(method, settings)
    {
        _method = target.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        _pipeline = Pipeline<ClientStreamingServerMethod<TRequest, TResponse>>(
            (requests, context) => OnServiceAsync(
                context, (_method, requests, context), static (service, call) => call._method(service, call.requests, call.context)),
            static (interceptors, next) => (requests, context) => OnAsync(
                interceptors, context, (requests, context, next),
                static (interceptor, call) => interceptor.ClientStreamingServerHandler(call.requests, call.context, call.next)));
    }

    protected override async Task InvokeAsync(ServerCall call)
    {
        LiftLimits(call.Http, streamedRequest: true);
        var requests = new RequestReader<TRequest>(call, Method.RequestMarshaller);
        TResponse response;
        try
        {
            response = await _pipeline(requests, call);
        }
        finally
        {
            requests.Complete();
        }

        if (!call.DeadlinePassed)
        {
            await call.WriteAnswerAsync(response, Method.ResponseMarshaller);
        }
    }
}
