using System.Collections.Concurrent;
using Grpc.Core;

namespace Grpc.Net.Client;

public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HashSet<ClientCall> _calls = [];
    private readonly ConcurrentDictionary<string, Uri> _uris = new();
    private readonly HttpMessageInvoker _invoker;
    private readonly bool _ownsInvoker;
    private bool _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        var secure = address.Scheme == Uri.UriSchemeHttps;
        if (!secure && address.Scheme != Uri.UriSchemeHttp)
        {
            throw new NotSupportedException($"The scheme of '{address}' needs Stack=packages: here channels connect to http and https only.");
        }

        if (options.Credentials is { } credentials && credentials.IsSecure != secure)
        {
            throw new InvalidOperationException(
                $"Channel is configured with {(secure ? "insecure" : "secure")} channel credentials and can't use a HttpClient with a '{address.Scheme}' scheme.");
        }

        if (options is { HttpClient: not null, HttpHandler: not null })
        {
            throw new ArgumentException("HttpClient and HttpHandler have been configured. Only one HTTP caller can be specified.");
        }

        Address = new Uri(address.GetLeftPart(UriPartial.Authority));
        Options = options;
        CallCredentials = secure || options.UnsafeUseInsecureChannelCallCredentials ? options.Credentials?.Call : null;
        AppliesCallCredentials = secure || options.UnsafeUseInsecureChannelCallCredentials;
        _ownsInvoker = options.DisposeHttpClient || (options.HttpClient is null && options.HttpHandler is null);
        _invoker = options.HttpClient
            ?? new HttpMessageInvoker(options.HttpHandler ?? new SocketsHttpHandler { EnableMultipleHttp2Connections = true }, _ownsInvoker);
    }

    internal Uri Address { get; }
    internal GrpcChannelOptions Options { get; }
    internal CallCredentials? CallCredentials { get; }
    internal bool AppliesCallCredentials { get; }

    public static GrpcChannel ForAddress(string address) => ForAddress(new Uri(address));

    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions) => new(address, channelOptions);

    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new HttpCallInvoker(this);
    }

    public void Dispose()
    {
        ClientCall[] running;
        lock (_calls)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            running = [.. _calls];
        }

        foreach (var call in running)
        {
            call.Dispose();
        }

        if (_ownsInvoker)
        {
            _invoker.Dispose();
        }
    }

    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker is HttpClient client
        ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
        : _invoker.SendAsync(request, cancellationToken);

    internal Uri UriOf(IMethod method) => _uris.GetOrAdd(method.FullName, static (name, address) => new Uri(address, name), Address);

    internal void Add(ClientCall call)
    {
        lock (_calls)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _calls.Add(call);
        }
    }

    internal void Remove(ClientCall call)
    {
        lock (_calls)
        {
            _calls.Remove(call);
        }
    }
}
