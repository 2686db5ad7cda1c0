using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

internal abstract class RequestContent<TRequest> : HttpContent
{
    private static readonly MediaTypeHeaderValue GrpcType = new(Names.ContentType);

    private readonly Marshaller<TRequest> _marshaller;
    private readonly FrameWriter _frames;

    protected RequestContent(ClientCall call, Marshaller<TRequest> marshaller)
    {
        Call = call;
        _marshaller = marshaller;
        _frames = new FrameWriter(call.Channel.Options.MaxSendMessageSize);
        Headers.ContentType = GrpcType;
    }

    protected ClientCall Call { get; }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected async Task SendAsync(Stream stream, TRequest message, WriteOptions? options)
    {
        var compress = options is null || (options.Flags & WriteFlags.NoCompress) == 0;
        using var buffer = new PooledBuffer();
        _frames.Write(buffer, compress ? Call.RequestEncoding : null, CompressionLevel.Fastest, message, _marshaller.ContextualSerializer);
        await stream.WriteAsync(buffer.Written, Call.Token).ConfigureAwait(false);
    }
}

internal sealed class UnaryContent<TRequest>(ClientCall call, TRequest request, Marshaller<TRequest> marshaller)
    : RequestContent<TRequest>(call, marshaller)
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SendAsync(stream, request, Call.Options.WriteOptions);
}

/// <summary>The request of a streaming call, which is also what its caller writes to.</summary>
internal sealed class StreamContent<TRequest> : RequestContent<TRequest>, IClientStreamWriter<TRequest>
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Continues synchronously: the end of the stream must be on its way before the caller, done writing, disposes the call.
    private readonly TaskCompletionSource _complete = new();
    private readonly Lock _gate = new();
    private Task _write = Task.CompletedTask;

    public StreamContent(ClientCall call, Marshaller<TRequest> marshaller)
        : base(call, marshaller)
    {
        WriteOptions = call.Options.WriteOptions;
        call.OnEnded(() =>
        {
            _stream.TrySetCanceled();
            _complete.TrySetCanceled();
        });
    }

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        Call.ThrowIfDisposed();
        lock (_gate)
        {
            return Refusal("write the message") ?? (_write = WriteCoreAsync(message, cancellationToken));
        }
    }

    public Task CompleteAsync()
    {
        Call.ThrowIfDisposed();
        lock (_gate)
        {
            if (!_write.IsCompleted)
            {
                return Refusal("complete the client stream writer")!;
            }
        }

        _complete.TrySetResult();
        return Task.CompletedTask;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        // Headers go out before the first message is there.
        await stream.FlushAsync(Call.Token).ConfigureAwait(false);
        _stream.TrySetResult(stream);
        await _complete.Task.ConfigureAwait(false);
    }

    private Task? Refusal(string what)
    {
        if (_complete.Task.IsCompletedSuccessfully)
        {
            return Task.FromException(new InvalidOperationException("Request stream has already been completed."));
        }

        if (Call.Ended is { } status)
        {
            return Task.FromException(Call.Error(status));
        }

        return _write.IsCompleted
            ? null
            : Task.FromException(new InvalidOperationException($"Can't {what} because the previous write is in progress."));
    }

    private async Task WriteCoreAsync(TRequest message, CancellationToken cancellationToken)
    {
        using var registration = Call.CancelOn(cancellationToken);
        try
        {
            var stream = await _stream.Task.ConfigureAwait(false);
            await SendAsync(stream, message, WriteOptions).ConfigureAwait(false);
            await stream.FlushAsync(Call.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw Call.Error(Call.Ended ?? Status.DefaultCancelled);
        }
    }
}
