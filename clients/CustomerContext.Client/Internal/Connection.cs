using Grpc.Net.Client;

namespace CustomerContext.Client.Internal;

/// <summary>Opens the channel.</summary>
internal static class Connection
{
    /// <exception cref="ArgumentException">An option is out of bounds.</exception>
    public static GrpcChannel Open(CustomerContextClientOptions options)
    {
        options.Validate();
        return GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            // An HttpClient, not a handler: the channel then leaves connecting to it. With a handler of this kind the channel minds sockets itself
            // and waits up to two minutes before it tries a restarted server again.
            HttpClient = new HttpClient(options.HttpHandler ?? NewHandler()) { Timeout = Timeout.InfiniteTimeSpan },
            DisposeHttpClient = true,
        });
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        UseProxy = false,
    };
}
