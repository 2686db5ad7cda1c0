using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace CustomerContext.Silo.Hosting;

/// <summary>What the peer of a connection has acknowledged, as Linux counts it (<c>TCP_INFO</c>, <c>tcpi_bytes_acked</c>).</summary>
internal static class TakenBytes
{
    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const int AckedAt = 120;
    private const int InfoBytes = AckedAt + sizeof(ulong);

    /// <summary>The bytes of <paramref name="connection"/>; 0 where that is not known, so that what waits there has to be taken at once.</summary>
    public static long Of(ConnectionContext connection) => connection.Features.Get<IConnectionSocketFeature>() is { } feature ? Of(feature.Socket) : 0;

    /// <summary>The same of a socket.</summary>
    public static long Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        Span<byte> info = stackalloc byte[InfoBytes];
        try
        {
            return socket.GetRawSocketOption(Tcp, TcpInfo, info) == InfoBytes ? (long)BinaryPrimitives.ReadUInt64LittleEndian(info[AckedAt..]) : 0;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The connection is over.
            return 0;
        }
    }
}
