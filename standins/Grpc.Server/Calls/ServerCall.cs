using System.Net.Sockets;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server;

#pragma warning disable CA1001 // EndAsync, always called, disposes of the deadline.
/// <summary>One call as its handler sees it, from its headers to its status.</summary>
internal sealed class ServerCall(HttpContext http, CallSettings settings, IMethod method) : ServerCallContext
{
    private const int Http2Cancel = 0x8;
    private const int Http3Cancel = 0x10c;

    private static readonly AuthContext Unauthenticated = new(null, []);

    // Headers of the transport, not of the caller.
    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase)
    {
        Names.Encoding, Names.AcceptEncoding, Names.Timeout, "content-encoding", "content-type", "te", "host", "accept-encoding",
    };

    private FrameWriter? _frames;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private Deadline? _deadline;
    private string? _encoding;
    private Status _status;

    public HttpContext Http => http;
    public CallSettings Settings => settings;
    public Payload Payload { get; } = new();
    public bool DeadlinePassed => _deadline is { HasPassed: true };

    protected override string MethodCore => http.Request.Path.Value!;
    protected override string HostCore => http.Request.Host.Value!;
    protected override string PeerCore => http.Connection.RemoteIpAddress is not { } address
        ? "unknown"
        : address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"ipv6:[{address}]:{http.Connection.RemotePort}"
            : $"ipv4:{address}:{http.Connection.RemotePort}";
    protected override DateTime DeadlineCore => _deadline?.At ?? DateTime.MaxValue;
    protected override CancellationToken CancellationTokenCore => _deadline?.Token ?? http.RequestAborted;
    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadHeaders();
    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];
    protected override WriteOptions? WriteOptionsCore { get; set; }
    protected override AuthContext AuthContextCore => Unauthenticated;
    protected override IDictionary<object, object> UserStateCore => http.Items!;

    protected override Status StatusCore
    {
        get => _status;
        set => _status = value;
    }

    /// <summary>Starts the response and the clock.</summary>
    public void Begin()
    {
        http.Response.ContentType = Names.ContentType;
        if (http.Request.Headers.TryGetValue(Names.Timeout, out var text) && TimeoutText.Decode(text.ToString()) is { } timeout && timeout > TimeSpan.Zero)
        {
            _deadline = new Deadline(this, timeout);
        }

        if (settings.ResponseEncoding is { } encoding && CallerAccepts(encoding))
        {
            ChooseEncoding(encoding);
        }
    }

    /// <summary>Ends a call whose handler is done.</summary>
    public ValueTask EndAsync()
    {
        if (_deadline is null)
        {
            ResponseEnd.Write(http.Response, _responseTrailers, _status);
            return default;
        }

        return EndBeforeDeadlineAsync(_deadline);
    }

    /// <summary>Ends a call whose handler, or whose request, failed.</summary>
    public ValueTask FailAsync(Exception error)
    {
        if (error is RpcException raised)
        {
            ServerLog.StatusRaised(settings.Logger, raised.StatusCode, raised.Status.Detail);
            foreach (var entry in raised.Trailers)
            {
                ResponseTrailers.Add(entry);
            }

            _status = raised.Status;
            return EndAsync();
        }

        if (error is OperationCanceledException or IOException && CancellationToken.IsCancellationRequested)
        {
            ServerLog.HandlerCancelled(settings.Logger, method.Name, error);
        }
        else
        {
            ServerLog.HandlerFailed(settings.Logger, method.Name, error);
        }

        const string Detail = "Exception was thrown by handler.";
        _status = new Status(StatusCode.Unknown, settings.DetailedErrors ? $"{Detail} {Names.Describe(error)}" : Detail, error);
        return EndAsync();
    }

    /// <summary>Puts the only message into the response, to be flushed together with the trailers.</summary>
    public Task WriteAnswerAsync<T>(T? message, Marshaller<T> marshaller)
        where T : class => message is null
        ? throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."))
        : WriteAsync(message, marshaller, flush: false, CancellationToken.None);

    /// <summary>Puts one message into the response, in the caller's buffers until they are flushed or the call ends.</summary>
    public async Task WriteAsync<T>(T message, Marshaller<T> marshaller, bool flush, CancellationToken cancellationToken)
    {
        var response = http.Response;
        if (!response.HasStarted)
        {
            await response.StartAsync(cancellationToken); // Before that the body has no memory of its own, only copies.
        }

        var compress = _encoding is not null && (WriteOptions is null || (WriteOptions.Flags & WriteFlags.NoCompress) == 0);
        _frames ??= new FrameWriter(settings.MaxSendBytes);
        _frames.Write(response.BodyWriter, compress ? _encoding : null, settings.Level, message, marshaller.ContextualSerializer);
        if (flush && (WriteOptions is null || (WriteOptions.Flags & WriteFlags.BufferHint) == 0))
        {
            var result = await response.BodyWriter.FlushAsync(cancellationToken);
            if (!result.IsCompleted && (CancellationToken.IsCancellationRequested || cancellationToken.IsCancellationRequested))
            {
                throw new OperationCanceledException("Request aborted while sending the message.");
            }
        }
    }

    /// <summary>Tells the caller at once that nothing more will come.</summary>
    public async Task SendDeadlineExceededAsync()
    {
        _status = new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded");
        ResponseEnd.Write(http.Response, null, _status);
        await http.Response.CompleteAsync();
        Reset();
    }

    public void Reset()
    {
        if (http.Features.Get<IHttpResetFeature>() is { } stream)
        {
            stream.Reset(HttpProtocol.IsHttp3(http.Request.Protocol) ? Http3Cancel : Http2Cancel);
        }
        else
        {
            http.Abort();
        }
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        if (http.Response.HasStarted)
        {
            throw new InvalidOperationException("Response headers can only be sent once per call.");
        }

        foreach (var entry in responseHeaders)
        {
            if (entry.Key == Names.ChosenEncoding)
            {
                ChooseEncoding(entry.Value);
            }
            else
            {
                http.Response.Headers.Append(entry.Key, entry.HeaderValue);
            }
        }

        return http.Response.BodyWriter.FlushAsync().AsTask();
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotImplementedException("CreatePropagationToken will be implemented in a future version.");

    private async ValueTask EndBeforeDeadlineAsync(Deadline deadline)
    {
        if (deadline.TryStop())
        {
            ResponseEnd.Write(http.Response, _responseTrailers, _status);
        }

        await deadline.DisposeAsync();
    }

    private void ChooseEncoding(string encoding)
    {
        http.Response.Headers.GrpcEncoding = encoding;
        _encoding = Encodings.IsCompressing(encoding) ? encoding : null;
    }

    private bool CallerAccepts(string encoding)
    {
        var accepted = http.Request.Headers.GrpcAcceptEncoding.ToString().AsSpan();
        foreach (var range in accepted.Split(','))
        {
            if (accepted[range].Trim().SequenceEqual(encoding))
            {
                return true;
            }
        }

        return false;
    }

    private Metadata ReadHeaders()
    {
        var headers = new Metadata();
        foreach (var (key, values) in http.Request.Headers)
        {
            if (key.StartsWith(':') || Hidden.Contains(key))
            {
                continue;
            }

            if (key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
            {
                BinaryHeader.AddTo(headers, key, values.ToString());
            }
            else
            {
                headers.Add(key, values.ToString());
            }
        }

        return headers;
    }
}
