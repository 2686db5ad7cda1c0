using System.Security.Cryptography.X509Certificates;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Redis;
using CustomerContext.Storage.Tests.Conformance;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Storage.Tests.Redis;

/// <summary>How a silo enters a Redis that lets not everybody in.</summary>
public sealed class RedisAccessTests : IDisposable
{
    private const string Password = "a-long-one";

    /// <summary>The rights that docs/operations.md asks for.</summary>
    private static readonly string[] _rights =
    [
        "on", $">{Password}", "resetchannels", "&__Booksleeve_*", "~customercontext/*",
        "-@all", "+@read", "+@write", "+@scripting", "+@connection", "+@transaction", "-@dangerous", "+subscribe", "+info", "+time", "+config|get", "+bgrewriteaof", "+bgsave",
    ];

    private readonly TempFolder _folder = new();
    private readonly int _tlsPort = FreePort.Next();
    private readonly TestCertificates _authority = new("redis");
    private readonly TestCertificates _stranger = new("stranger");

    public void Dispose()
    {
        _stranger.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_TlsWithItsAuthorityAndOwnCertificate_Works()
    {
        await using var server = await Tls();
        using var own = _authority.Issue("silo");

        await Works(new RedisAccess { Servers = [TlsEndPoint], IsTls = true, Authority = Root(_authority), Certificate = own });
    }

    [Fact]
    public async Task Start_TlsWithAStrangersAuthority_IsRefused()
    {
        await using var server = await Tls();
        using var own = _authority.Issue("silo");

        await IsRefused(new RedisAccess { Servers = [TlsEndPoint], IsTls = true, Authority = Root(_stranger), Certificate = own });
        await IsRefused(new RedisAccess { Servers = [TlsEndPoint], IsTls = true, Certificate = own });
    }

    [Fact]
    public async Task Start_TlsWithoutACertificateOfItsOwn_IsRefused()
    {
        await using var server = await Tls();

        await IsRefused(new RedisAccess { Servers = [TlsEndPoint], IsTls = true, Authority = Root(_authority) });
    }

    [Fact]
    public async Task Start_UserWithTheRightsThatAreDocumented_Works()
    {
        await using var server = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await server.Cli(["ACL", "SETUSER", "silo", .. _rights]);
        await server.Cli("ACL", "SETUSER", "default", "off");

        await Works(new RedisAccess { Servers = [server.EndPoint], User = "silo", Password = Password });
        await IsRefused(new RedisAccess { Servers = [server.EndPoint], User = "silo", Password = "another" });
        await IsRefused(new RedisAccess { Servers = [server.EndPoint] });
    }

    [Fact]
    public async Task Start_RedisCluster_IsRefusedWithTheReason()
    {
        await using var server = await RedisServer.Start("--cluster-enabled", "yes", "--appendonly", "yes");

        Assert.Contains("Redis Cluster", await Refusal(new RedisAccess { Servers = [server.EndPoint] }), StringComparison.Ordinal);
    }

    private async Task Works(RedisAccess access)
    {
        await using var silo = await RedisSilo.StartAsync(Options(access));
        var customer = Given.NewCustomer();
        await silo.Ledger.AppendAsync(customer, null, Given.Consent(1), Given.Entries(ChainHead.Empty, 1, 1));

        Assert.NotNull(await silo.Ledger.ReadAsync(customer));
        await silo.Services.GetRequiredService<IStoreScrub>().ScrubAsync();
        await silo.Services.GetRequiredService<IStoreNotes>().BeatAsync();
        Assert.Empty((await silo.Reminders.ReadRows(0, uint.MaxValue)).Reminders);
        Assert.Equal((StoreDurability.EveryWrite, null), (silo.Status.Durability, silo.Status.Trouble));
    }

    private async Task IsRefused(RedisAccess access) => Assert.Contains("refuses the user, the password or the certificate", await Refusal(access), StringComparison.Ordinal);

    private async Task<string> Refusal(RedisAccess access) => (await Assert.ThrowsAsync<StorageStartException>(() => RedisSilo.StartAsync(Options(access)))).Message;

    private RedisStoreOptions Options(RedisAccess access) => new() { Access = access, DataDirectory = _folder.File("data"), LedgerDeadline = TimeSpan.FromSeconds(30) };

    private async Task<RedisServer> Tls()
    {
        using var certificate = _authority.Issue("redis", isForClients: false);
        using var key = certificate.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(_folder.File("redis.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder.File("redis.key"), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(_folder.File("authority.pem"), _authority.AuthorityPem);
        return await RedisServer.Start(
            "--appendonly", "yes", "--appendfsync", "always",
            "--tls-port", $"{_tlsPort}", "--tls-cert-file", _folder.File("redis.pem"), "--tls-key-file", _folder.File("redis.key"), "--tls-ca-cert-file", _folder.File("authority.pem"));
    }

    private string TlsEndPoint => $"127.0.0.1:{_tlsPort}";

    private static X509Certificate2 Root(TestCertificates authority) => X509Certificate2.CreateFromPem(authority.AuthorityPem);
}
