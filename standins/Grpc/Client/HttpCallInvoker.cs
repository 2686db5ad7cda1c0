using Grpc.Core;

namespace Grpc.Net.Client;

internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        AsyncUnaryCall(method, host, options, request).GetAwaiter().GetResult();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, options);
        return new(call.RunAsync(new UnaryContent<TRequest>(call, request, method.RequestMarshaller)), Headers, Status, Trailers, Dispose, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, options);
        return new(call.Open(new UnaryContent<TRequest>(call, request, method.RequestMarshaller)), Headers, Status, Trailers, Dispose, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Start(method, options);
        var content = new StreamContent<TRequest>(call, method.RequestMarshaller);
        return new(content, call.RunAsync(content), Headers, Status, Trailers, Dispose, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Start(method, options);
        var content = new StreamContent<TRequest>(call, method.RequestMarshaller);
        return new(content, call.Open(content), Headers, Status, Trailers, Dispose, call);
    }

    private ClientCall<TResponse> Start<TRequest, TResponse>(Method<TRequest, TResponse> method, CallOptions options)
        where TResponse : class => new(channel, method, method.ResponseMarshaller, options);

    private static Task<Metadata> Headers(object call) => ((ClientCall)call).HeadersAsync();

    private static Status Status(object call) => ((ClientCall)call).Status;

    private static Metadata Trailers(object call) => ((ClientCall)call).Trailers;

    private static void Dispose(object call) => ((ClientCall)call).Dispose();
}
