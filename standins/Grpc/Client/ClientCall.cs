using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>
/// One call on its way: its request, its deadline and cancellation, and its status, which is set once. Whoever sets it (the response, the
/// deadline, a token, Dispose) ends the call.
/// </summary>
internal abstract class ClientCall : IDisposable
{
    private static readonly Version Http2 = new(2, 0);
    private const string UserAgent = "grpc-dotnet-standin";

    private readonly CancellationTokenSource _cancel = new();
    private readonly Lock _gate = new();
    private readonly IMethod _method;
    private readonly DateTime _deadline;
    private CancellationTokenRegistration _registration;
    private Timer? _timer;
    private Task<HttpResponseMessage>? _sent;
    private HttpResponseMessage? _response;
    private Metadata? _trailers;
    private Action? _onEnded;
    private bool _disposed;

    protected ClientCall(GrpcChannel channel, IMethod method, CallOptions options)
    {
        _deadline = options.Deadline ?? DateTime.MaxValue;
        if (_deadline != DateTime.MaxValue && _deadline != DateTime.MinValue && _deadline.Kind != DateTimeKind.Utc)
        {
            throw new InvalidOperationException("Deadline must have a kind DateTimeKind.Utc or be equal to DateTime.MaxValue or DateTime.MinValue.");
        }

        if (options.IsWaitForReady)
        {
            throw new NotSupportedException("Waiting for a connection needs Stack=packages.");
        }

        (Channel, _method, Options) = (channel, method, options);
        RequestEncoding = options.Headers?.GetValue(Names.ChosenEncoding) is { } encoding && Encodings.IsCompressing(encoding) ? encoding : null;
        channel.Add(this);
    }

    public GrpcChannel Channel { get; }
    public CallOptions Options { get; }
    public string? RequestEncoding { get; }
    public CancellationToken Token => _cancel.Token;

    /// <summary>The status of a call that is over, else null.</summary>
    public Status? Ended { get; private set; }

    public Status Status => Ended ?? throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    public Metadata Trailers => Ended is not null && ReadTrailers() is { } trailers
        ? trailers
        : throw new InvalidOperationException("Can't get the call trailers because the call has not completed successfully.");

    public void Dispose()
    {
        _disposed = true;
        End(new Status(StatusCode.Cancelled, "gRPC call disposed."), broken: true);
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    public void OnEnded(Action action) => _onEnded = action;

    public async Task<Metadata> HeadersAsync()
    {
        var response = await _sent!.ConfigureAwait(false);
        return ToMetadata(response.Headers);
    }

    public CancellationTokenRegistration CancelOn(CancellationToken token) => token.UnsafeRegister(
        static (call, token) => ((ClientCall)call!).End(
            new Status(StatusCode.Cancelled, "Call canceled by the client.", new OperationCanceledException(token)), broken: true),
        this);

    /// <summary>What a caller gets to see of a status that is not OK.</summary>
    public Exception Error(Status status) =>
        Channel.Options.ThrowOperationCanceledOnCancellation && status.StatusCode is (StatusCode.Cancelled or StatusCode.DeadlineExceeded)
            ? new OperationCanceledException(status.Detail, status.DebugException, Options.CancellationToken)
            : new RpcException(status, ReadTrailers() ?? Metadata.Empty);

    /// <summary>Ends the call for an error, unless it is over already: then that status explains the error.</summary>
    protected Exception Fail(string summary, Exception error)
    {
        End(
            error switch
            {
                RpcException rpc => rpc.Status,
                OperationCanceledException => new Status(StatusCode.Cancelled, string.Empty, error),
                _ => FromException(summary, error),
            },
            broken: true);
        return Error(Status);
    }

    /// <param name="broken">Whether the response has not been read to its end, so that the server must be told to stop.</param>
    protected void End(Status status, bool broken)
    {
        lock (_gate)
        {
            if (Ended is not null)
            {
                return;
            }

            Ended = status;
        }

        if (broken)
        {
            _cancel.Cancel();
        }

        _response?.Dispose();
        _onEnded?.Invoke();
        _timer?.Dispose();
        _registration.Dispose();
        Channel.Remove(this);
    }

    /// <summary>Ends the call with the status behind the response that has been read.</summary>
    protected void EndOfResponse() => End(ResponseStatus.ReadEnd(_response!), broken: false);

    /// <summary>Sends the request and waits for the headers of the response.</summary>
    protected Task<HttpResponseMessage> SendAsync(HttpContent content) => _sent = SendCoreAsync(content);

    /// <summary>The status that a response without messages has in its headers, or that makes a response no gRPC response; else null.</summary>
    protected Status? StatusInHeaders(HttpResponseMessage response)
    {
        if (ResponseStatus.Read(response.Headers) is { } status)
        {
            _trailers = ToMetadata(response.Headers);
            return status;
        }

        return ResponseStatus.Validate(response);
    }

    private async Task<HttpResponseMessage> SendCoreAsync(HttpContent content)
    {
        try
        {
            using var request = NewRequest(content);
            _registration = CancelOn(Options.CancellationToken);
            await ApplyCredentialsAsync(request.Headers).ConfigureAwait(false);
            _cancel.Token.ThrowIfCancellationRequested();
            var response = await Channel.SendAsync(request, _cancel.Token).ConfigureAwait(false);
            lock (_gate)
            {
                _response = response;
                if (Ended is not null)
                {
                    response.Dispose();
                    throw new OperationCanceledException();
                }
            }

            return response;
        }
        catch (Exception error)
        {
            throw Fail("Error starting gRPC call.", error);
        }
    }

    private HttpRequestMessage NewRequest(HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Channel.UriOf(_method))
        {
            Content = content,
            Version = Http2,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("user-agent", UserAgent);
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation(Names.AcceptEncoding, Encodings.Accepted);
        foreach (var entry in Options.Headers ?? Metadata.Empty)
        {
            if (entry.Key == Names.ChosenEncoding)
            {
                headers.TryAddWithoutValidation(Names.Encoding, entry.Value);
            }
            else if (entry.Key != Names.Timeout)
            {
                headers.TryAddWithoutValidation(entry.Key, entry.HeaderValue);
            }
        }

        if (_deadline != DateTime.MaxValue)
        {
            headers.TryAddWithoutValidation(Names.Timeout, TimeoutText.Encode(StartDeadline()));
        }

        return request;
    }

    private TimeSpan StartDeadline()
    {
        var left = _deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
        if (left <= TimeSpan.Zero)
        {
            Expire();
        }
        else if (left.TotalMilliseconds < uint.MaxValue - 1)
        {
            _timer = new Timer(static call => ((ClientCall)call!).Expire(), this, left, Timeout.InfiniteTimeSpan);
        }

        return left;
    }

    private void Expire() => End(new Status(StatusCode.DeadlineExceeded, string.Empty), broken: true);

    private async Task ApplyCredentialsAsync(HttpRequestHeaders headers)
    {
        if (!Channel.AppliesCallCredentials || (Options.Credentials is null && Channel.CallCredentials is null))
        {
            return;
        }

        var context = new AuthInterceptorContext(new Uri(Channel.Address, _method.ServiceName).AbsoluteUri, _method.Name, _cancel.Token);
        var metadata = new Metadata();
        foreach (var credentials in new[] { Options.Credentials, Channel.CallCredentials })
        {
            await (credentials?.ApplyAsync(context, metadata) ?? Task.CompletedTask).ConfigureAwait(false);
        }

        foreach (var entry in metadata)
        {
            headers.TryAddWithoutValidation(entry.Key, entry.HeaderValue);
        }
    }

    private Status FromException(string summary, Exception error)
    {
        var code = ResponseStatus.CodeOf(error);
        if (code == StatusCode.Cancelled && _deadline <= TimeProvider.System.GetUtcNow().UtcDateTime)
        {
            code = StatusCode.DeadlineExceeded; // The server was faster than our own timer.
        }

        return new Status(code, $"{summary} {Names.Describe(error)}", error);
    }

    private Metadata? ReadTrailers() => _trailers ??= _response is null ? null : ToMetadata(_response.TrailingHeaders);

    private static Metadata ToMetadata(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var header in headers.NonValidated)
        {
            if (header.Key is Names.Status or Names.Message or Names.Encoding or Names.AcceptEncoding or "content-encoding" or "content-type")
            {
                continue;
            }

            foreach (var value in header.Value)
            {
                if (header.Key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
                {
                    BinaryHeader.AddTo(metadata, header.Key, value);
                }
                else
                {
                    metadata.Add(header.Key, value);
                }
            }
        }

        return metadata;
    }
}
