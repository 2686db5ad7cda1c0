using System.Collections.Immutable;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>
/// Sends each call to one server of a cluster: what names one customer to the server that this customer always goes to, so that the customer is in that one's memory; anything else to each in
/// turn. One that has just failed is passed over while another one has not.
/// </summary>
internal sealed class ClusterInvoker(ImmutableArray<Server> servers) : CallInvoker
{
    private const string SubjectField = "subject";

    private int _turn;

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        Choose(request).Invoker.BlockingUnaryCall(method, host, options, request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var server = Choose(request);
        var call = server.Invoker.AsyncUnaryCall(method, host, options, request);
        return new AsyncUnaryCall<TResponse>(Noted(server, call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var server = Choose(request);
        var call = server.Invoker.AsyncServerStreamingCall(method, host, options, request);
        return new AsyncServerStreamingCall<TResponse>(
            new NotedStream<TResponse>(server, call.ResponseStream), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        InTurn().Invoker.AsyncClientStreamingCall(method, host, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        InTurn().Invoker.AsyncDuplexStreamingCall(method, host, options);

    private Server Choose<TRequest>(TRequest request) =>
        request is IMessage message && message.Descriptor.FindFieldByName(SubjectField)?.Accessor.GetValue(message) is SubjectIdentifier subject
            ? Own(subject)
            : InTurn();

    private Server Own(SubjectIdentifier subject)
    {
        var key = subject.ToByteArray();
        return servers.OrderBy(server => server.Rests).ThenByDescending(server => server.Weight(key)).First();
    }

    private Server InTurn()
    {
        var turn = (int)((uint)Interlocked.Increment(ref _turn) % (uint)servers.Length);
        return servers.Select((_, i) => servers[(turn + i) % servers.Length]).FirstOrDefault(server => !server.Rests) ?? servers[turn];
    }

    private static async Task<TResponse> Noted<TResponse>(Server server, Task<TResponse> response)
    {
        try
        {
            var answer = await response.ConfigureAwait(false);
            server.Note(StatusCode.OK);
            return answer;
        }
        catch (RpcException failure)
        {
            server.Note(failure.StatusCode);
            throw;
        }
    }

    /// <summary>Notes how a stream goes, too: one that breaks is resumed elsewhere.</summary>
    private sealed class NotedStream<T>(Server server, IAsyncStreamReader<T> stream) : IAsyncStreamReader<T>
    {
        public T Current => stream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                var isThere = await stream.MoveNext(cancellationToken).ConfigureAwait(false);
                server.Note(StatusCode.OK);
                return isThere;
            }
            catch (RpcException failure)
            {
                server.Note(failure.StatusCode);
                throw;
            }
        }
    }
}
