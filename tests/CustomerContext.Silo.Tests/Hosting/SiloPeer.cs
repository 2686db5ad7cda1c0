using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CustomerContext.Silo.Hosting;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>Somebody who connects to Orleans' port. Orleans speaks first: whoever is let in hears the name of the cluster.</summary>
internal static class SiloPeer
{
    private const int Enough = 4096;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>True if a peer with <paramref name="certificate"/> is let in; with none if it is absent.</summary>
    public static async Task<bool> IsLetIn(int port, X509Certificate2? certificate)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = SiloTls.Name,
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            });
            return (await Heard(tls)).Contains("customercontext", StringComparison.Ordinal);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>What a peer without TLS hears until the connection ends, after it sent a few bytes.</summary>
    public static async Task<string> HeardInCleartext(int port)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("a call of a grain, in the clear"));
        try
        {
            return await Heard(stream);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<string> Heard(Stream stream)
    {
        var buffer = new byte[Enough];
        var count = await stream.ReadAsync(buffer).AsTask().WaitAsync(_patience);
        return Encoding.Latin1.GetString(buffer, 0, count);
    }
}
