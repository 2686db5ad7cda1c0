using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Http;
using CustomerContext.Silo.Hosting;
using CustomerContext.V1;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>
/// Around every call that <see cref="CallDoor"/> let in: what it costs (<see cref="Admission"/>) before the service runs, and what a failure looks like (<see cref="Faults"/>) after it. So no
/// service authenticates, limits or maps an exception itself.
/// </summary>
internal sealed partial class CallInterceptor(Admission admission, SiloMetrics metrics, ILogger<CallInterceptor> log) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            Hold(context, request);
            Admit(context, CallCost.Of(request));
            var response = await continuation(request, context);
            Ended(context, StatusCode.OK);
            return response;
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
        try
        {
            Admit(context, CallCost.Of(request));
            await continuation(request, new LeavingWriter<TResponse>(responseStream, context.GetHttpContext()), context);
            Ended(context, StatusCode.OK);
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
        try
        {
            // Opening costs one call; each message is paid for when it is read.
            var admitted = Admit(context, 1);
            var requests = new LeavingReader<TRequest>(requestStream);
            await continuation(
                admitted is { } way ? new PacedReader<TRequest>(requests, admission, way.Caller, way.Rule.Lane) : requests,
                new LeavingWriter<TResponse>(responseStream, context.GetHttpContext()),
                context);
            Ended(context, StatusCode.OK);
        }
        catch (Exception error)
        {
            throw Seen(error, context);
        }
    }

    /// <summary>Others than signals are small: one unit, whatever they are long.</summary>
    private static void Hold(ServerCallContext context, object request)
    {
        if (request is PublishSignalsRequest signals)
        {
            context.GetHttpContext().Features.Get<AdmittedCall>()?.Place?.Holds(signals.CalculateSize());
        }
    }

    /// <summary>The call as the door let it in, paid for; absent for methods that anyone may call (health, reflection).</summary>
    private AdmittedCall? Admit(ServerCallContext context, int cost)
    {
        if (context.GetHttpContext().Features.Get<AdmittedCall>() is not { } call)
        {
            return null;
        }

        // The message is there.
        call.Body?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        admission.Take(call, cost);
        return call;
    }

    private void Ended(ServerCallContext context, StatusCode status) => metrics.CallEnded(NameOf(context), status);

    /// <summary>As the contract has it. What the caller sent may differ in the case of its letters, and would make a label of its own.</summary>
    private static string NameOf(ServerCallContext context) =>
        context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName ?? "";

    private RpcException Seen(Exception error, ServerCallContext context)
    {
        var seen = Faults.ToRpc(error);
        Ended(context, seen.StatusCode);
        if (JsonCallDoor.IsJson(context.GetHttpContext()))
        {
            HttpErrors.SayWhen(context.GetHttpContext().Response, seen);
        }

        if (seen.StatusCode == StatusCode.Internal)
        {
            LogFault(log, NameOf(context), error);
        }
        else if (seen.StatusCode == StatusCode.Unavailable)
        {
            LogTrouble(log, NameOf(context), error.GetType().Name);
        }

        return seen;
    }

    [LoggerMessage(100, LogLevel.Error, "{Method} failed")]
    private static partial void LogFault(ILogger logger, string method, Exception error);

    [LoggerMessage(101, LogLevel.Warning, "{Method} was answered UNAVAILABLE after {Fault}")]
    private static partial void LogTrouble(ILogger logger, string method, string fault);
}
