using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The response side of a call: one message, or a stream of them.</summary>
internal sealed class ClientCall<TResponse>(GrpcChannel channel, IMethod method, Marshaller<TResponse> marshaller, CallOptions options)
    : ClientCall(channel, method, options), IAsyncStreamReader<TResponse>
    where TResponse : class
{
    private readonly Lock _gate = new();
    private Task<MessageReader?>? _opened;
    private Task<bool> _move = Task.FromResult(true);

    public TResponse Current { get; private set; } = null!;

    /// <summary>Runs a call whose response is one message.</summary>
    public async Task<TResponse> RunAsync(HttpContent content)
    {
        var response = await SendAsync(content).ConfigureAwait(false);
        try
        {
            var (status, message) = StatusInHeaders(response) is { } early
                ? (early, null)
                : await ReadOnlyAsync(response).ConfigureAwait(false);
            if (status.StatusCode == StatusCode.OK)
            {
                if (message is not null)
                {
                    End(status, broken: false);
                    return message;
                }

                status = new Status(StatusCode.Internal, "Failed to deserialize response message.");
            }

            End(status, broken: false);
        }
        catch (Exception error)
        {
            throw Fail("Error starting gRPC call.", error);
        }

        throw Error(Status);
    }

    /// <summary>Starts a call whose response is a stream.</summary>
    public IAsyncStreamReader<TResponse> Open(HttpContent content)
    {
        _opened = OpenAsync(content);
        _opened.ContinueWith(
            static task => task.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return this;
    }

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        if (Ended is { } status)
        {
            return status.StatusCode == StatusCode.OK ? Task.FromResult(false) : Task.FromException<bool>(Error(status));
        }

        lock (_gate)
        {
            return _move.IsCompleted
                ? _move = MoveNextAsync(cancellationToken)
                : Task.FromException<bool>(
                    new InvalidOperationException("Can't read the next message because the previous read is still in progress."));
        }
    }

    private async Task<(Status, TResponse?)> ReadOnlyAsync(HttpResponseMessage response)
    {
        using var reader = await ReaderAsync(response).ConfigureAwait(false);
        var message = await reader.ReadAsync(marshaller, Token).ConfigureAwait(false);
        if (message is not null && await reader.HasMoreAsync(Token).ConfigureAwait(false))
        {
            throw new InvalidDataException("Unexpected data after finished reading message.");
        }

        return (ResponseStatus.ReadEnd(response), message);
    }

    private async Task<MessageReader?> OpenAsync(HttpContent content)
    {
        var response = await SendAsync(content).ConfigureAwait(false);
        try
        {
            if (StatusInHeaders(response) is { } status)
            {
                End(status, broken: false);
                return null;
            }

            return await ReaderAsync(response).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            throw Fail("Error starting gRPC call.", error);
        }
    }

    private async Task<MessageReader> ReaderAsync(HttpResponseMessage response) => new(
        await response.Content.ReadAsStreamAsync(Token).ConfigureAwait(false),
        response.Headers.NonValidated.TryGetValues(Names.Encoding, out var encoding) ? encoding.ToString() : Encodings.Identity,
        Channel.Options.MaxReceiveMessageSize);

    private async Task<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        using var registration = CancelOn(cancellationToken);
        var reader = await _opened!.ConfigureAwait(false);
        try
        {
            Current = null!;
            if (reader is not null)
            {
                if (await reader.ReadAsync(marshaller, Token).ConfigureAwait(false) is { } message)
                {
                    Current = message;
                    return true;
                }

                EndOfResponse();
            }
        }
        catch (Exception error)
        {
            throw Fail("Error reading next message.", error);
        }

        return Status.StatusCode == StatusCode.OK ? false : throw Error(Status);
    }
}
