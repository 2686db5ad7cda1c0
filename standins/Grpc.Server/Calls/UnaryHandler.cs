using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server;

internal sealed class UnaryHandler<TService, TRequest, TResponse> : CallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, TRequest, ServerCallContext, Task<TResponse>> _method;
    private readonly UnaryServerMethod<TRequest, TResponse> _pipeline;

    public UnaryHandler(Method<TRequest, TResponse> method, MethodInfo target, CallSettings settings)
        : base(method, settings)
    {
        _method = target.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        _pipeline = Pipeline<UnaryServerMethod<TRequest, TResponse>>(
            (request, context) => OnServiceAsync(
                context, (_method, request, context), static (service, call) => call._method(service, call.request, call.context)),
            static (interceptors, next) => (request, context) => OnAsync(
                interceptors, context, (request, context, next),
                static (interceptor, call) => interceptor.UnaryServerHandler(call.request, call.context, call.next)));
    }

    protected override async Task InvokeAsync(ServerCall call)
    {
        var request = await RequestBody.ReadOnlyAsync(call, Method.RequestMarshaller);
        var response = await _pipeline(request, call);
        if (!call.DeadlinePassed)
        {
            await call.WriteAnswerAsync(response, Method.ResponseMarshaller);
        }
    }
}
