using System.Net;
using System.Net.Sockets;

namespace CustomerContext.Silo.News;

/// <summary>
/// Opens connections to machines on the public internet and to no others: a company that names its receiver must not reach what only the operator's own machines can. What a name leads to is
/// looked at when it is connected to, so a name that leads elsewhere later is no way around.
/// </summary>
/// <param name="allowsLoopback">True in development mode: this machine, too.</param>
internal sealed class PublicAddress(bool allowsLoopback)
{
    private static readonly IPNetwork[] _others =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/9", "ff00::/8",
        ]).Select(IPNetwork.Parse),
    ];

    /// <summary>True if <paramref name="address"/> may be called.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (allowsLoopback && IPAddress.IsLoopback(plain)) || !_others.Any(network => network.Contains(plain));
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="HttpRequestException">The name leads to no address that may be called, or none of them answered.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var allowed = found.Where(Allows).ToArray();
        if (allowed.Length == 0)
        {
            throw new HttpRequestException("The address is not on the public internet.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
