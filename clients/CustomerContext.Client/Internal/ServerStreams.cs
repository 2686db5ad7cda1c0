using System.Runtime.CompilerServices;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>One stream of the server's, read until it ends or breaks.</summary>
internal static class ServerStreams
{
    public static async IAsyncEnumerable<TResponse> ReadAsync<TRequest, TResponse>(
        Caller caller,
        Func<TRequest, CallOptions, AsyncServerStreamingCall<TResponse>> method,
        TRequest request,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var call = method(request, await caller.CallOptionsAsync(null, cancellation).ConfigureAwait(false));
        while (await NextAsync(call, cancellation).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
    }

    private static async Task<bool> NextAsync<TResponse>(AsyncServerStreamingCall<TResponse> call, CancellationToken cancellation)
    {
        try
        {
            return await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            Caller.ThrowIfCanceled(failure, cancellation);
            throw ErrorDecoder.Decode(failure);
        }
    }
}
