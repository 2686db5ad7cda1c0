using Grpc.Core;

namespace Grpc.AspNetCore.Server;

internal sealed class RequestReader<T>(ServerCall call, Marshaller<T> marshaller) : IAsyncStreamReader<T>
    where T : class
{
    private bool _completed;

    public T Current { get; private set; } = null!;

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        return _completed || call.Http.RequestAborted.IsCancellationRequested
            ? Task.FromException<bool>(new InvalidOperationException("Can't read messages after the request is complete."))
            : MoveNextAsync(cancellationToken);
    }

    /// <summary>The handler has returned.</summary>
    public void Complete() => _completed = true;

    private async Task<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        Current = null!; // A long wait must not keep the message before alive.
        return await RequestBody.ReadNextAsync(call, marshaller, cancellationToken) is { } message && (Current = message) is not null;
    }
}
