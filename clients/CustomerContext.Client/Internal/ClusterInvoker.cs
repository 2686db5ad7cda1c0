using System.Collections.Immutable;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>
/// Sends each call to one server of a cluster: what names one customer to the server that this customer always goes to, so that the customer is in that one's memory; anything else to each in
/// turn. A repeat goes where the last failure is longest ago, so not where the call has just failed, unless the others failed since; a server that does not answer is passed over while another one does.
/// </summary>
internal sealed class ClusterInvoker(ImmutableArray<Server> servers, TimeProvider time) : CallInvoker
{
    private const string SubjectField = "subject";

    private int _turn;

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        Choose(request, options).Invoker.BlockingUnaryCall(method, host, options, request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var server = Choose(request, options);
        var begunAt = time.GetTimestamp();
        var call = server.Invoker.AsyncUnaryCall(method, host, options, request);
        return new AsyncUnaryCall<TResponse>(Noted(server, begunAt, call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var server = Choose(request, options);
        var call = server.Invoker.AsyncServerStreamingCall(method, host, options, request);
        return new AsyncServerStreamingCall<TResponse>(
            new NotedStream<TResponse>(server, time, call.ResponseStream), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        InTurn(options).Invoker.AsyncClientStreamingCall(method, host, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        InTurn(options).Invoker.AsyncDuplexStreamingCall(method, host, options);

    private Server Choose<TRequest>(TRequest request, CallOptions options) =>
        request is IMessage message && message.Descriptor.FindFieldByName(SubjectField)?.Accessor.GetValue(message) is SubjectIdentifier subject
            ? Own(subject, options)
            : InTurn(options);

    private Server Own(SubjectIdentifier subject, CallOptions options)
    {
        var key = subject.ToByteArray();
        return First([.. servers.OrderByDescending(server => server.Weight(key))], options);
    }

    private Server InTurn(CallOptions options)
    {
        var turn = (int)((uint)Interlocked.Increment(ref _turn) % servers.Length);
        return First([.. servers[turn..], .. servers[..turn]], options);
    }

    /// <summary>The first that answers, of a repeat the first of those whose last failure is longest ago; if none answers, the first.</summary>
    private static Server First(ImmutableArray<Server> order, CallOptions options)
    {
        if (Attempts.IsRepeat(options.Headers))
        {
            order = [.. order.OrderBy(server => server.FailedAt)];
        }

        return order.FirstOrDefault(server => server.TryUse()) ?? order[0];
    }

    private static async Task<TResponse> Noted<TResponse>(Server server, long begunAt, Task<TResponse> response)
    {
        try
        {
            var answer = await response.ConfigureAwait(false);
            server.Answered();
            return answer;
        }
        catch (RpcException failure)
        {
            Note(server, begunAt, failure);
            throw;
        }
    }

    /// <summary>
    /// A failure that the server itself describes is an answer. A call that its caller gave up says nothing. A connection that breaks, be it that a ping had no answer, is UNAVAILABLE, INTERNAL or UNKNOWN
    /// as the transport likes; ours never say these without a reason.
    /// </summary>
    private static void Note(Server server, long since, RpcException failure)
    {
        server.Failed();
        switch (failure.StatusCode)
        {
            case StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown when ErrorDecoder.IsOfTransport(failure):
                server.Unreachable(since);
                break;
            case StatusCode.Unavailable:
                server.Declined(since);
                break;
            case StatusCode.DeadlineExceeded:
                server.Silent(since);
                break;
            case StatusCode.Cancelled:
                break;
            default:
                server.Answered();
                break;
        }
    }

    /// <summary>Notes how a stream goes, too: one that breaks or ends is resumed elsewhere.</summary>
    private sealed class NotedStream<T>(Server server, TimeProvider time, IAsyncStreamReader<T> stream) : IAsyncStreamReader<T>
    {
        private long _heardAt = time.GetTimestamp();

        public T Current => stream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                var isThere = await stream.MoveNext(cancellationToken).ConfigureAwait(false);
                server.Answered();
                _heardAt = time.GetTimestamp();
                if (!isThere)
                {
                    server.Failed();
                }

                return isThere;
            }
            catch (RpcException failure)
            {
                Note(server, _heardAt, failure);
                throw;
            }
        }
    }
}
