using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Grpc.AspNetCore.Server;

/// <summary>What the four kinds of calls have in common.</summary>
internal abstract class CallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Activated<TService> _services = new(typeof(TService));

    protected CallHandler(Method<TRequest, TResponse> method, CallSettings settings) => (Method, Settings) = (method, settings);

    protected Method<TRequest, TResponse> Method { get; }
    private CallSettings Settings { get; }

    public async Task HandleAsync(HttpContext http)
    {
        if (Refusal.Refuses(http))
        {
            return;
        }

        var call = new ServerCall(http, Settings, Method);
        try
        {
            call.Begin();
            await InvokeAsync(call);
            await call.EndAsync();
        }
        catch (Exception error)
        {
            await call.FailAsync(error);
        }
    }

    protected abstract Task InvokeAsync(ServerCall call);

    /// <summary>The implementation behind the interceptors, the first of which is the outermost.</summary>
    protected TDelegate Pipeline<TDelegate>(TDelegate implementation, Func<Activated<Interceptor>, TDelegate, TDelegate> wrap) =>
        Settings.Interceptors.Reverse().Aggregate(
            implementation, (next, interceptor) => wrap(new Activated<Interceptor>(interceptor.Type, [.. interceptor.Arguments]), next));

    /// <summary>Runs something on the service instance of this call. The state spares a closure.</summary>
    protected Task<T> OnServiceAsync<TState, T>(ServerCallContext context, TState state, Func<TService, TState, Task<T>> run) =>
        OnAsync(_services, context, state, run);

    protected static Task<T> OnAsync<TInstance, TState, T>(
        Activated<TInstance> instances, ServerCallContext context, TState state, Func<TInstance, TState, Task<T>> run)
        where TInstance : class
    {
        var instance = instances.Get(context.GetHttpContext().RequestServices, out var created);
        return created && instances.NeedsDisposal ? RunAndReleaseAsync(instance, state, run) : run(instance, state);
    }

    protected static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    protected static void LiftLimits(HttpContext http, bool streamedRequest)
    {
        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (!streamedRequest)
        {
            return;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private static async Task<T> RunAndReleaseAsync<TInstance, TState, T>(TInstance instance, TState state, Func<TInstance, TState, Task<T>> run)
        where TInstance : class
    {
        try
        {
            return await run(instance, state);
        }
        finally
        {
            await Activated<TInstance>.ReleaseAsync(instance);
        }
    }
}
