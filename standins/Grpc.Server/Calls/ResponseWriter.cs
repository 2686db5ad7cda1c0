using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>What a handler writes its messages to, one at a time. Cancelling a write ends the whole call: half a message cannot be taken back.</summary>
internal sealed class ResponseWriter<T>(ServerCall call, Marshaller<T> marshaller) : IServerStreamWriter<T>
    where T : class
{
    private readonly Lock _gate = new();
    private Task _write = Task.CompletedTask;
    private bool _completed;

    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(T message) => Start(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? WriteOrResetAsync(message, cancellationToken) : Start(message, cancellationToken);

    /// <summary>The handler has returned.</summary>
    public void Complete() => _completed = true;

    private async Task WriteOrResetAsync(T message, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(static call => ((ServerCall)call!).Reset(), call);
        cancellationToken.ThrowIfCancellationRequested();
        await Start(message, cancellationToken);
    }

    private Task Start(T message, CancellationToken cancellationToken)
    {
        if (message is null)
        {
            return Task.FromException(new ArgumentNullException(nameof(message)));
        }

        if (_completed || call.Http.RequestAborted.IsCancellationRequested)
        {
            return Task.FromException(new InvalidOperationException("Can't write the message because the request is complete."));
        }

        lock (_gate)
        {
            return _write.IsCompleted
                ? _write = call.WriteAsync(message, marshaller, flush: true, cancellationToken)
                : Task.FromException(new InvalidOperationException("Can't write the message because the previous write is in progress."));
        }
    }
}
