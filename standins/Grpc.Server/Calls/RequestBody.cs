using System.Buffers;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>Reads messages from the pipe of a request, in place where they lie in one piece.</summary>
internal static class RequestBody
{
    /// <summary>The one message of a request, which must have nothing behind it.</summary>
    public static async ValueTask<T> ReadOnlyAsync<T>(ServerCall call, Marshaller<T> marshaller)
        where T : class
    {
        var pipe = call.Http.Request.BodyReader;
        T? message = null;
        while (true)
        {
            var result = await pipe.ReadAsync();
            var buffer = result.Buffer;
            try
            {
                message ??= Take(call, ref buffer, marshaller);
                if (message is not null && !buffer.IsEmpty)
                {
                    throw Error("Additional data after the message received.");
                }

                if (result.IsCompleted)
                {
                    return message ?? throw Error("Incomplete message.");
                }
            }
            finally
            {
                // All was looked at: no need to wake before there is more.
                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    /// <summary>The next message of a stream, or null at its end.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<T?> ReadNextAsync<T>(ServerCall call, Marshaller<T> marshaller, CancellationToken cancellationToken)
        where T : class
    {
        var pipe = call.Http.Request.BodyReader;
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            T? message = null;
            try
            {
                message = Take(call, ref buffer, marshaller);
                if (message is not null)
                {
                    return message;
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty ? null : throw Error("Incomplete message.");
                }
            }
            finally
            {
                // Behind a message there may be the next one, not looked at yet.
                pipe.AdvanceTo(buffer.Start, message is null ? buffer.End : buffer.Start);
            }
        }
    }

    private static T? Take<T>(ServerCall call, ref ReadOnlySequence<byte> buffer, Marshaller<T> marshaller)
        where T : class
    {
        if (!Frame.TryCut(ref buffer, call.Settings.MaxReceiveBytes, out var compressed, out var message))
        {
            return null;
        }

        if (compressed)
        {
            message = Open(call, message);
        }

        return call.Payload.Read(message, marshaller.ContextualDeserializer);
    }

    private static ReadOnlySequence<byte> Open(ServerCall call, in ReadOnlySequence<byte> message)
    {
        var encoding = call.Http.Request.Headers.GrpcEncoding;
        try
        {
            return Frame.Open(message, encoding, call.Settings.MaxReceiveBytes);
        }
        catch (RpcException unknown) when (unknown.StatusCode == StatusCode.Unimplemented && !call.Http.Response.HasStarted)
        {
            call.Http.Response.Headers.GrpcAcceptEncoding = Encodings.Accepted;
            throw;
        }
    }

    private static RpcException Error(string detail) => new(new Status(StatusCode.Internal, detail));
}
