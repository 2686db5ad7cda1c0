using System.Security.Cryptography.X509Certificates;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>gRPC and HTTP with a certificate: a real TLS client is answered, one without TLS is not.</summary>
public sealed class DoorTlsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestCertificates _authority = new("somebody");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("door.pem")]
    [InlineData("door.pfx")]
    public async Task Start_WithACertificate_SpeaksTlsOnly(string file)
    {
        using var certificate = _authority.Issue("localhost");
        using var data = new TempFolder();
        await using var silo = await SiloProcess.Start(data.Path, Save(certificate, file));
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().SequenceEqual(certificate.RawData);
        using var http = new HttpClient(handler);
        using var channel = GrpcChannel.ForAddress(silo.Grpc, new GrpcChannelOptions { HttpClient = http });

        Assert.Equal(Uri.UriSchemeHttps, silo.Grpc.Scheme);
        Assert.StartsWith("Healthy", await http.GetStringAsync(new Uri(silo.Http, "/healthz")), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RpcException>(() => new ConsentService.ConsentServiceClient(channel).ListGrantsAsync(new ListGrantsRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(new UriBuilder(silo.Http) { Scheme = Uri.UriSchemeHttp, Path = "/healthz" }.Uri));
    }

    private string[] Save(X509Certificate2 certificate, string file)
    {
        var path = _folder.File(file);
        if (file.EndsWith(".pfx", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "secret"));
            return ["--certificate", path, "--CustomerContext:CertificatePassword=secret"];
        }

        var key = _folder.File("door.key");
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return ["--certificate", path, "--certificate-key", key];
    }
}
