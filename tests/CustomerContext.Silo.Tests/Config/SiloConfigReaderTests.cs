using CustomerContext.Domain.Common;
using CustomerContext.Silo.Config;
using Microsoft.Extensions.Configuration;

namespace CustomerContext.Silo.Tests.Config;

public class SiloConfigReaderTests
{
    [Fact]
    public void Read_NothingSet_ListensOnLoopbackAndServesNobody()
    {
        var config = Read();

        Assert.Equal("127.0.0.1:5101", config.Grpc.ToString());
        Assert.Equal("127.0.0.1:5102", config.Http.ToString());
        Assert.False(config.Development);
        Assert.Empty(config.Access.Tenants);
        Assert.Null(config.Redis);
    }

    [Fact]
    public void Read_ThreeWrongValues_NamesAllThreeKeys()
    {
        var error = Assert.Throws<SiloConfigException>(() => Read(
            ("Grpc", "nowhere"), ("SiloPort", "65536"), ("Tenants:0:Id", "acme"), ("Tenants:0:Sources:0", "crm"), ("Tenants:0:Purposes:0", "world.domination")));

        Assert.Equal(3, error.Errors.Count);
        Assert.Contains(error.Errors, text => text.StartsWith("CustomerContext:Grpc ", StringComparison.Ordinal));
        Assert.Contains(error.Errors, text => text.StartsWith("CustomerContext:SiloPort ", StringComparison.Ordinal));
        Assert.Contains(error.Errors, text => text.StartsWith("CustomerContext:Tenants:0:Purposes:0 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mail.example:587", "Service <service@example.org>", null)]
    [InlineData("mail.example", "service@example.org", "CustomerContext:Mail:Smtp must be HOST:PORT")]
    [InlineData("mail.example:587", "", "CustomerContext:Mail:From must be an e-mail address, with or without a name")]
    public void Read_MailServer_HostPortAndFrom(string smtp, string from, string? expected)
    {
        (string, string)[] mail = [("Mail:Smtp", smtp), ("Mail:From", from)];

        if (expected is null)
        {
            Assert.Equal(("mail.example", 587), (Read(mail).Mail!.Host, Read(mail).Mail!.Port));
            Assert.Null(Read().Mail);
        }
        else
        {
            Assert.Equal(expected, Assert.Single(Assert.Throws<SiloConfigException>(() => Read(mail)).Errors));
        }
    }

    [Theory]
    [InlineData("Traces", "on", null, "needs Otlp")]
    [InlineData("Traces", "true", "http://127.0.0.1:4317", "on or off")]
    [InlineData("Traces", "off", "127.0.0.1:4317", "http or https")]
    public void Read_TracesOrOtlpWrong_SaysWhatIsWanted(string key, string value, string? otlp, string rule)
    {
        var error = Assert.Throws<SiloConfigException>(() => Read((key, value), ("Otlp", otlp ?? "")));

        Assert.Contains(rule, Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TracesOnWithOtlp_AreOn()
    {
        var config = Read(("Traces", "on"), ("Otlp", "http://127.0.0.1:4317"));

        Assert.True(config.HasTraces);
        Assert.Equal(new Uri("http://127.0.0.1:4317"), config.Otlp);
        Assert.False(Read().HasTraces);
    }

    [Fact]
    public void Read_DevelopmentOutsideLoopback_IsRefused()
    {
        var error = Assert.Throws<SiloConfigException>(() => Read(("Grpc", "0.0.0.0:5101"), ("Development", "true"), ("Cleartext", "true")));

        Assert.Contains("loopback", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Grpc", "0.0.0.0:5101")]
    [InlineData("Http", "192.0.2.1:5102")]
    [InlineData("Grpc", "[::]:5101")]
    public void Read_CleartextOutsideLoopback_IsRefusedUnlessSaid(string key, string address)
    {
        var error = Assert.Throws<SiloConfigException>(() => Read((key, address)));

        Assert.StartsWith($"CustomerContext:{key} is not loopback and has no TLS", Assert.Single(error.Errors), StringComparison.Ordinal);
        Assert.Null(Record.Exception(() => Read((key, address), ("Cleartext", "true"))));
    }

    [Theory]
    [InlineData("Devlopment")]
    [InlineData("RedisHost")]
    [InlineData("GatewayPort")]
    [InlineData("Tenants:0:Purpose")]
    [InlineData("Tenants:0:All:Look")]
    [InlineData("Ciba:0:Secret")]
    public void Read_UnknownSetting_IsRefusedByItsKey(string key)
    {
        var error = Assert.Throws<SiloConfigException>(() => Read((key, "1")));

        Assert.Equal($"CustomerContext:{key} is not a setting; --help lists them", Assert.Single(error.Errors));
    }

    [Theory]
    [InlineData("AcceptLoss")]
    [InlineData("AcceptStore")]
    [InlineData("RedisService")]
    [InlineData("RedisUser")]
    [InlineData("RedisPassword")]
    [InlineData("RedisTls")]
    [InlineData("RedisAuthority")]
    [InlineData("RedisCertificate")]
    [InlineData("RedisCertificateKey")]
    public void Read_SettingOfRedisWithoutRedis_IsRefused(string key)
    {
        var error = Assert.Throws<SiloConfigException>(() => Read((key, "true")));

        Assert.Equal($"CustomerContext:{key} needs Redis", Assert.Single(error.Errors));
    }

    [Theory]
    [InlineData("127.0.0.1:6379", "127.0.0.1:6379")]
    [InlineData("[::1]:6379", "[::1]:6379")]
    [InlineData("redis.internal:1", "redis.internal:1")]
    public void Read_Redis_IsOneServer(string text, string server)
    {
        var redis = Read(("Redis", text)).Redis!;

        Assert.Equal([server], redis.Servers);
        Assert.False(redis.IsTls);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("redis:0")]
    [InlineData("redis:65536")]
    [InlineData(":6379")]
    [InlineData("redis:6379,password=secret")]
    [InlineData("secret@redis:6379")]
    [InlineData("redis:6379/1")]
    [InlineData("redis:6379,")]
    public void Read_RedisThatIsNoServer_IsRefusedWithoutWhatWasWritten(string text)
    {
        var error = Assert.Single(Assert.Throws<SiloConfigException>(() => Read(("Redis", text))).Errors);

        Assert.StartsWith("CustomerContext:Redis must be HOST:PORT", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralServers_AreSentinelsOnly()
    {
        var refused = Assert.Throws<SiloConfigException>(() => Read(("Redis", "a:26379, b:26379")));
        Assert.Contains("RedisService is needed", Assert.Single(refused.Errors), StringComparison.Ordinal);

        var redis = Read(("Redis", "a:26379, b:26379"), ("RedisService", "context")).Redis!;
        Assert.Equal(["a:26379", "b:26379"], redis.Servers);
        Assert.Equal("context", redis.Service);
    }

    [Theory]
    [InlineData("RedisUser", "RedisPassword is needed when RedisUser is set")]
    [InlineData("RedisAuthority", "RedisAuthority needs RedisTls")]
    [InlineData("RedisCertificate", "RedisCertificate needs RedisTls")]
    public void Read_HalfOfWhatEntersRedis_IsRefused(string key, string rule)
    {
        var error = Assert.Throws<SiloConfigException>(() => Read(("Redis", "redis:6379"), (key, "there-is-none")));

        Assert.Contains($"CustomerContext:{rule}", error.Errors);
    }

    [Fact]
    public void Read_CertificateThatIsNone_IsRefusedByItsKey()
    {
        var error = Assert.Throws<SiloConfigException>(() => Read(("Certificate", "/nowhere.pem"), ("ClusterAuthority", "/nowhere.pem")));

        Assert.Equal(["CustomerContext:Certificate", "CustomerContext:ClusterAuthority"], error.Errors.Select(text => text.Split(' ')[0]));
    }

    [Theory]
    [InlineData("SiloPort", 0, false)]
    [InlineData("SiloPort", 1, true)]
    [InlineData("SiloPort", 65_535, true)]
    [InlineData("SiloPort", 65_536, false)]
    public void Read_Port_IsOneThereIs(string name, int port, bool isGood)
    {
        var error = Record.Exception(() => Read((name, $"{port}"))) as SiloConfigException;

        Assert.Equal(isGood, error is null);
        Assert.All(error?.Errors ?? [], text => Assert.StartsWith($"CustomerContext:{name} ", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("silo-1", false)]
    public void Read_SiloAddressWithoutAClusterCertificate_IsLoopback(string address, bool isGood)
    {
        var error = Record.Exception(() => Read(("SiloAddress", address))) as SiloConfigException;

        Assert.Equal(isGood, error is null);
        Assert.All(error?.Errors ?? [], text => Assert.StartsWith("CustomerContext:SiloAddress ", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Read_ClusterId_HasAtMostSixtyFourCharacters(int length, bool isGood)
    {
        var error = Record.Exception(() => Read(("ClusterId", new string('a', length)))) as SiloConfigException;

        Assert.Equal(isGood, error is null);
    }

    [Fact]
    public void Read_ClusterWithoutRedis_IsRefused()
    {
        var error = Assert.Throws<SiloConfigException>(() => Read(("ClusterCertificate", "/nowhere.pem"), ("ClusterAuthority", "/nowhere.pem")));

        Assert.Contains("CustomerContext:ClusterCertificate needs Redis", error.Errors);
        Assert.Contains("CustomerContext:Keys is needed in a cluster: a folder that all its silos share", error.Errors);
        Assert.Contains("CustomerContext:Journal is needed in a cluster: a folder that all its silos share", error.Errors);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void Read_TenantId_HasAtMostFortyCharacters(int length, bool isGood)
    {
        var id = new string('a', length);

        var faults = isGood ? 0 : 1;
        var error = Record.Exception(() => Read(("Tenants:0:Id", id), ("Tenants:0:Sources:0", "crm"))) as SiloConfigException;

        Assert.Equal(faults, error?.Errors.Count ?? 0);
    }

    [Fact]
    public void Read_Tenant_HasItsSourcesInOrder()
    {
        var config = Read(("Tenants:0:Id", "acme"), ("Tenants:0:Sources:0", "crm"), ("Tenants:0:Sources:1", "chat"), ("Tenants:0:Purposes:0", "service.support"));

        var tenant = config.Access.Tenants[new TenantId("acme")];
        Assert.Equal(["acme/crm", "acme/chat"], tenant.Sources.Select(source => source.Value));
        Assert.Equal([new Purpose("service.support")], tenant.Purposes);
    }

    [Theory]
    [InlineData("Router X200", true)]
    [InlineData("router*", false)]
    [InlineData("hiv test", false)]
    public void Read_TenantProduct_IsANameThatCanBeATopic(string name, bool isGood)
    {
        var error = Record.Exception(() => Read(("Tenants:0:Id", "acme"), ("Tenants:0:Sources:0", "crm"), ("Tenants:0:Products:0", name))) as SiloConfigException;

        Assert.Equal(isGood ? 0 : 1, error?.Errors.Count ?? 0);
        Assert.All(error?.Errors ?? [], text => Assert.StartsWith("CustomerContext:Tenants:0:Products:0 ", text));
    }

    private static SiloConfig Read(params (string Key, string Value)[] settings) => SiloConfigReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"CustomerContext:{setting.Key}", (string?)setting.Value)))
        .Build());
}
