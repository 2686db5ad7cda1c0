using Grpc.Core;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>The answers of a stream. Writing to a caller who has just left fails like writing after the end; here it is what it is, a call that is over, and nobody's fault.</summary>
internal sealed class LeavingWriter<T>(IServerStreamWriter<T> stream, HttpContext http) : IServerStreamWriter<T>
{
    public WriteOptions? WriteOptions
    {
        get => stream.WriteOptions;
        set => stream.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(message, cancellationToken);
        }
        catch (InvalidOperationException error) when (http.RequestAborted.IsCancellationRequested)
        {
            throw new OperationCanceledException("The caller has left.", error);
        }
    }
}
