using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>One stream of a watch, until it ends or breaks. Silence longer than the server's heartbeats allow counts as a break.</summary>
internal sealed class WatchConnection : IDisposable
{
    private readonly CancellationToken _cancellation;
    private readonly TimeSpan _silence;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _registration;
    private readonly AsyncServerStreamingCall<WatchContextResponse> _call;

    private WatchConnection(RawServices raw, WatchContextRequest request, CallOptions options, CustomerContextClientOptions settings)
    {
        _cancellation = options.CancellationToken;
        _silence = settings.WatchSilence;
        _stop = new CancellationTokenSource(_silence, settings.Time);
        _registration = _cancellation.Register(_stop.Cancel);
        _call = raw.Contexts.WatchContext(request, options.WithCancellationToken(_stop.Token));
    }

    /// <summary>Opens one, elsewhere than the <paramref name="failures"/> before it.</summary>
    public static async Task<WatchConnection> OpenAsync(
        Caller caller, RawServices raw, WatchContextRequest request, int failures, CancellationToken cancellation)
    {
        var options = await caller.CallOptionsAsync(null, cancellation).ConfigureAwait(false);
        Attempts.Note(options.Headers!, failures);
        return new(raw, request, options, caller.Options);
    }

    /// <summary>The next message; none: the server ended the stream with OK; an error: it broke, or was refused.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(WatchContextResponse? Message, CustomerContextException? Error)> ReadAsync()
    {
        try
        {
            _stop.CancelAfter(_silence);
            return await _call.ResponseStream.MoveNext(_stop.Token).ConfigureAwait(false) ? (_call.ResponseStream.Current, null) : (null, null);
        }
        catch (RpcException failure)
        {
            Caller.ThrowIfCanceled(failure, _cancellation);
            return (null, _stop.IsCancellationRequested ? Silent(failure) : ErrorDecoder.Decode(failure));
        }
        catch (OperationCanceledException failure) when (!_cancellation.IsCancellationRequested)
        {
            return (null, Silent(failure));
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _stop.Cancel(); // a stream that is let go must not stay open at the server
        _call.Dispose();
        _stop.Dispose();
    }

    private ServerUnavailableException Silent(Exception cause) =>
        new($"Nothing was heard for {_silence.TotalSeconds:0} seconds.", new ErrorDetail { Code = StatusCode.Unavailable }, cause);
}
