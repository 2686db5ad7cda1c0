using System.Security.Cryptography.X509Certificates;
using CustomerContext.Silo.Hosting;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>Orleans' port takes calls of any grain, so nobody gets through to it but silos of the same cluster.</summary>
public sealed class SiloTlsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _data = new();
    private readonly TestCertificates _stranger = new("an authority of the machine");

    public void Dispose()
    {
        _stranger.Dispose();
        _folder.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Connect_ToASiloAlone_NobodyIsLetIn()
    {
        await using var silo = await SiloProcess.StartIn(MachineBelieves(_stranger), _data.Path);
        using var valid = _stranger.Issue(SiloTls.Name);

        Assert.DoesNotContain("customercontext", await SiloPeer.HeardInCleartext(silo.SiloPort), StringComparison.Ordinal);
        Assert.False(await SiloPeer.IsLetIn(silo.SiloPort, null));
        Assert.False(await SiloPeer.IsLetIn(silo.SiloPort, valid));
    }

    [Fact]
    public async Task Connect_ToASiloOfACluster_OnlyItsAuthoritysSilosAreLetIn()
    {
        using var own = new TestCertificates("the cluster");
        using var silo1 = own.Issue(SiloTls.Name);
        File.WriteAllText(_folder.File("silo.pem"), silo1.ExportCertificatePem() + "\n" + silo1.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_folder.File("authority.pem"), own.AuthorityPem);
        await using var redis = await RedisServer.Start("--appendonly", "yes");
        await using var silo = await SiloProcess.StartIn(
            MachineBelieves(_stranger), _data.Path, "--redis", redis.EndPoint, "--keys", _data.Path, "--journal", _data.Path, "--cluster-certificate", _folder.File("silo.pem"), "--cluster-authority", _folder.File("authority.pem"));

        using var another = own.Issue(SiloTls.Name);
        using var stranger = _stranger.Issue(SiloTls.Name);
        using var otherName = own.Issue("www.example.org");
        using var serversOnly = own.Issue(SiloTls.Name, isForClients: false);
        using var expired = own.Issue(SiloTls.Name, isExpired: true);
        Assert.True(await SiloPeer.IsLetIn(silo.SiloPort, another), "another silo");
        Assert.False(await SiloPeer.IsLetIn(silo.SiloPort, null), "no certificate");
        Assert.False(await SiloPeer.IsLetIn(silo.SiloPort, stranger), "a certificate that the machine believes");
        Assert.False(await SiloPeer.IsLetIn(silo.SiloPort, otherName), "the cluster's authority, another name");
        Assert.False(await SiloPeer.IsLetIn(silo.SiloPort, serversOnly), "the cluster's authority, another purpose");
        Assert.False(await SiloPeer.IsLetIn(silo.SiloPort, expired), "the cluster's authority, out of time");
        Assert.DoesNotContain("customercontext", await SiloPeer.HeardInCleartext(silo.SiloPort), StringComparison.Ordinal);
    }

    /// <summary>An environment in which the machine's own list of authorities is this one.</summary>
    private Dictionary<string, string> MachineBelieves(TestCertificates authority)
    {
        File.WriteAllText(_folder.File("machine.pem"), authority.AuthorityPem);
        return new Dictionary<string, string> { ["SSL_CERT_FILE"] = _folder.File("machine.pem") };
    }
}
