using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>
/// Around every call: who calls and whether they may (<see cref="CallTable"/>) before the service runs, and what a failure looks like (<see cref="Faults"/>)
/// after it. So no service authenticates or maps an exception itself.
/// </summary>
internal sealed partial class CallInterceptor(TokenReader tokens, ILogger<CallInterceptor> log) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await Admit(context);
        try
        {
            return await continuation(request, context);
        }
        catch (Exception error)
        {
            throw Seen(error, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await Admit(context);
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception error)
        {
            throw Seen(error, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await Admit(context);
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception error)
        {
            throw Seen(error, context);
        }
    }

    private async ValueTask Admit(ServerCallContext context)
    {
        if (CallTable.Find(context.Method) is not { } rule)
        {
            return;
        }

        var token = await tokens.Read(context.RequestHeaders.GetValue("authorization"));
        if (token.Caller is not { } caller)
        {
            throw RpcErrors.Unauthenticated(token.Fault);
        }

        if (!caller.Scopes.Contains(rule.Scope) || !Fits(caller, rule.Kind))
        {
            throw RpcErrors.NotAllowed("The caller's token does not allow this method.");
        }

        if (rule.IsLater)
        {
            throw RpcErrors.NotImplemented(context.Method);
        }

        CallerOf.Set(context, caller);
    }

    private static bool Fits(Caller caller, CallerKind kind) => kind switch
    {
        CallerKind.Tenant => caller is TenantCaller,
        CallerKind.Customer => caller is CustomerCaller,
        _ => true,
    };

    private RpcException Seen(Exception error, ServerCallContext context)
    {
        var seen = Faults.ToRpc(error);
        if (seen.StatusCode == StatusCode.Internal)
        {
            LogFault(log, context.Method, error);
        }
        else if (seen.StatusCode == StatusCode.Unavailable)
        {
            LogTrouble(log, context.Method, error.GetType().Name);
        }

        return seen;
    }

    [LoggerMessage(100, LogLevel.Error, "{Method} failed")]
    private static partial void LogFault(ILogger logger, string method, Exception error);

    [LoggerMessage(101, LogLevel.Warning, "{Method} was answered UNAVAILABLE after {Fault}")]
    private static partial void LogTrouble(ILogger logger, string method, string fault);
}
