using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server;

internal sealed class DuplexStreamingHandler<TService, TRequest, TResponse> : CallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> _method;
    private readonly DuplexStreamingServerMethod<TRequest, TResponse> _pipeline;

    public DuplexStreamingHandler(Method<TRequest, TResponse> method, MethodInfo target, CallSettings settings)
        : base(method, settings)
    {
        _method = target.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        _pipeline = Pipeline<DuplexStreamingServerMethod<TRequest, TResponse>>(
            (requests, responses, context) => OnServiceAsync(
                context, (_method, requests, responses, context),
                static (service, call) => Done(call._method(service, call.requests, call.responses, call.context))),
            static (interceptors, next) => (requests, responses, context) => OnAsync(
                interceptors, context, (requests, responses, context, next),
                static (interceptor, call) => Done(interceptor.DuplexStreamingServerHandler(call.requests, call.responses, call.context, call.next))));
    }

    protected override async Task InvokeAsync(ServerCall call)
    {
        LiftLimits(call.Http, streamedRequest: true);
        var requests = new RequestReader<TRequest>(call, Method.RequestMarshaller);
        var responses = new ResponseWriter<TResponse>(call, Method.ResponseMarshaller);
        try
        {
            await _pipeline(requests, responses, call);
        }
        finally
        {
            requests.Complete();
            responses.Complete();
        }
    }
}
