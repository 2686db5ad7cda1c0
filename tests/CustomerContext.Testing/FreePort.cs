using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CustomerContext.Testing;

/// <summary>Ports for those who cannot be told to take a free one, as Orleans and redis-server.</summary>
public static class FreePort
{
    /// <summary>A port of the loopback address that nobody listened on a moment ago.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The same for a command line.</summary>
    public static string NextText() => Next().ToString(CultureInfo.InvariantCulture);
}
