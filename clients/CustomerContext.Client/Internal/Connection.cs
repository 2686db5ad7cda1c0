using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Client.Internal;

/// <summary>What carries the calls: a channel to each server, over one HTTP client.</summary>
internal sealed class Connection : IDisposable
{
    private readonly HttpClient _http;
    private readonly GrpcChannel[] _channels;

    private Connection(CustomerContextClientOptions options)
    {
        // An HttpClient, not a handler: the channel then leaves connecting to it. With a handler of this kind the channel minds sockets itself
        // and waits up to two minutes before it tries a restarted server again.
        _http = new HttpClient(options.HttpHandler ?? NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        Uri[] addresses = options.Addresses.Count > 0 ? [.. options.Addresses] : [options.Address];
        _channels = [.. addresses.Select(address => GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpClient = _http }))];
        Invoker = _channels.Length == 1
            ? _channels[0].CreateCallInvoker()
            : new ClusterInvoker([.. addresses.Zip(_channels, (address, channel) => new Server(address, channel.CreateCallInvoker(), options.Time))], options.Time);
    }

    /// <summary>Makes the calls.</summary>
    public CallInvoker Invoker { get; }

    /// <exception cref="ArgumentException">An option is out of bounds.</exception>
    public static Connection Open(CustomerContextClientOptions options)
    {
        options.Validate();
        return new Connection(options);
    }

    public void Dispose()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        _http.Dispose();
    }

    /// <summary>A server that halts keeps its connections. Pings find that out, so that its watches are resumed elsewhere.</summary>
    private static SocketsHttpHandler NewHandler() => new()
    {
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        KeepAlivePingDelay = TimeSpan.FromSeconds(10),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        UseProxy = false,
    };
}
