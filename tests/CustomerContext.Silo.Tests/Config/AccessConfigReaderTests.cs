using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Config;
using Microsoft.Extensions.Configuration;

namespace CustomerContext.Silo.Tests.Config;

public sealed class AccessConfigReaderTests
{
    private static readonly (string, string)[] _acme =
    [
        ("Tenants:0:Id", "acme"), ("Tenants:0:Sources:0", "crm"), ("Tenants:0:Purposes:0", "service.support"),
    ];

    [Fact]
    public void Read_NoRates_TheDefaultsOfLimits()
    {
        var access = Read(_acme);
        var tenant = access.Tenants[new TenantId("acme")];

        Assert.Equal(Limits.Rates.Tenant, tenant.All);
        Assert.Equal(Limits.Rates.Person, tenant.Person);
        Assert.Equal(Limits.Rates.Service, tenant.Service);
        Assert.Equal(Limits.Rates.Customer, access.CustomerRates);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1000000", true)]
    [InlineData("0", false)]
    [InlineData("1000001", false)]
    public void Read_Rate_WithinItsBounds(string value, bool isGood)
    {
        var error = Record.Exception(() => Read([.. _acme, ("Tenants:0:Person:Looks", value)])) as SiloConfigException;

        Assert.Equal(isGood ? null : "CustomerContext:Tenants:0:Person:Looks must be 1 to 1000000", error?.Errors.Single());
    }

    [Theory]
    [InlineData(8, "false", true)]
    [InlineData(7, "false", false)]
    [InlineData(24, "true", true)]
    [InlineData(23, "true", false)]
    [InlineData(128, "false", true)]
    [InlineData(129, "false", false)]
    public void Read_WriteKey_WithinItsBounds(int length, string secret, bool isGood)
    {
        var error = Record.Exception(() => Read([.. _acme, .. WriteKey(0, new string('k', length), "crm", secret)])) as SiloConfigException;

        Assert.Equal(isGood, error is null);
        Assert.All(error?.Errors ?? [], message => Assert.StartsWith("CustomerContext:Tenants:0:WriteKeys:0:Key must be ", message));
    }

    [Theory]
    [InlineData("https://desk.acme.example", true)]
    [InlineData("https://desk.acme.example:8443", true)]
    [InlineData("http://localhost:8000", true)]
    [InlineData("http://desk.acme.example", false)]
    [InlineData("https://desk.acme.example/", false)]
    [InlineData("https://Desk.acme.example", false)]
    [InlineData("https://me@desk.acme.example", false)]
    [InlineData("null", false)]
    [InlineData("*", false)]
    public void Read_Origin_AsBrowsersWriteItAlone(string origin, bool isGood)
    {
        var error = Record.Exception(() => Assert.Equal([origin], Read([.. _acme, ("Tenants:0:Origins:0", origin)]).Origins)) as SiloConfigException;

        Assert.Equal(isGood ? null : "CustomerContext:Tenants:0:Origins:0", error?.Errors.Single().Split(' ')[0]);
    }

    [Theory]
    [InlineData(Limits.Access.Origins, true)]
    [InlineData(Limits.Access.Origins + 1, false)]
    public void Read_SoManyOrigins_AtMostTheLimit(int count, bool isGood)
    {
        var origins = Enumerable.Range(0, count).Select(n => ($"Tenants:0:Origins:{n}", $"https://desk{n}.acme.example"));

        Assert.Equal(isGood, Record.Exception(() => Read([.. _acme, .. origins])) is null);
    }

    [Theory]
    [InlineData("https://crm.acme.example/hook", "32", "", true)]
    [InlineData("https://crm.acme.example/hook", "24", "64", true)]
    [InlineData("https://crm.acme.example/hook", "23", "", false)]
    [InlineData("https://crm.acme.example/hook", "65", "", false)]
    [InlineData("https://crm.acme.example/hook", "", "", false)]
    [InlineData("http://crm.acme.example/hook", "32", "", false)]
    [InlineData("https://me@crm.acme.example/hook", "32", "", false)]
    [InlineData("crm.acme.example", "32", "", false)]
    [InlineData("https://10.0.0.1/hook", "32", "", false)]
    [InlineData("https://[fd00::1]/hook", "32", "", false)]
    [InlineData("https://1.1.1.1/hook", "32", "", true)]
    public void Read_Webhook_SafeAddressAndGoodSecrets(string url, string first, string second, bool isGood)
    {
        var secrets = new[] { first, second }.Where(length => length.Length > 0).Select((length, at) => ($"Tenants:0:Webhooks:0:Secrets:{at}", $"whsec_{Convert.ToBase64String(new byte[int.Parse(length)])}"));
        var error = Record.Exception(() => Read([.. _acme, ("Tenants:0:Webhooks:0:Url", url), .. secrets])) as SiloConfigException;

        Assert.Equal(isGood, error is null);
        Assert.All(error?.Errors ?? [], message => Assert.StartsWith("CustomerContext:Tenants:0:Webhooks:0:", message));
    }

    [Theory]
    [InlineData("http://127.0.0.1/hook")]
    [InlineData("http://localhost/hook")]
    [InlineData("https://[::1]/hook")]
    public void Read_WebhookOnLoopback_InDevelopmentAlone(string url)
    {
        (string, string)[] webhook = [.. _acme, ("Tenants:0:Webhooks:0:Url", url), ("Tenants:0:Webhooks:0:Secrets:0", $"whsec_{Convert.ToBase64String(new byte[32])}")];

        Assert.Single(Read([.. webhook, ("Development", "true")]).Tenants[new TenantId("acme")].Webhooks);
        Assert.IsType<SiloConfigException>(Record.Exception(() => Read(webhook)));
    }

    [Fact]
    public void Read_WebhookWithoutUrl_Refused()
    {
        var error = Assert.Throws<SiloConfigException>(() => Read([.. _acme, ("Tenants:0:Webhooks:0:Secrets:0", $"whsec_{Convert.ToBase64String(new byte[32])}")]));

        Assert.Equal("CustomerContext:Tenants:0:Webhooks:0:Url must be an https address; http is for loopback only", Assert.Single(error.Errors));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("work.due", "work.done", true)]
    [InlineData("work.due", "work.due", false)]
    [InlineData("work.due", "", false)]
    [InlineData("work.late", "work.done", false)]
    public void Read_TypesOfTwoWebhooks_KnownAndEachAtOne(string first, string second, bool isGood)
    {
        string[] types = first.Length == 0 ? [first] : [first, second];
        (string, string)[] webhooks =
        [
            .. types.SelectMany((_, at) => new[] { ($"Tenants:0:Webhooks:{at}:Url", $"https://crm{at}.acme.example"), ($"Tenants:0:Webhooks:{at}:Secrets:0", $"whsec_{Convert.ToBase64String(new byte[32])}") }),
            .. types.Index().Where(one => one.Item.Length > 0).Select(one => ($"Tenants:0:Webhooks:{one.Index}:Types:0", one.Item)),
        ];

        var error = Record.Exception(() => Read([.. _acme, .. webhooks])) as SiloConfigException;

        Assert.Equal(isGood, error is null);
        Assert.All(error?.Errors ?? [], message => Assert.Contains(":Types must ", message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OneSecretTooMany_Refused()
    {
        var secrets = Enumerable.Range(0, Limits.News.Secrets + 1).Select(n => ($"Tenants:0:Webhooks:0:Secrets:{n}", $"whsec_{Convert.ToBase64String(new byte[32])}"));

        Assert.NotNull(Record.Exception(() => Read([.. _acme, ("Tenants:0:Webhooks:0:Url", "https://crm.acme.example"), .. secrets])));
    }

    [Fact]
    public void Read_WriteKeyTwiceOrOfNoSource_Refused()
    {
        var error = Record.Exception(() => Read([.. _acme, .. WriteKey(0, "write-key", "crm"), .. WriteKey(1, "write-key", "web")])) as SiloConfigException;

        Assert.Equal(
            ["CustomerContext:Tenants:0:WriteKeys:1:Source must be one of the tenant's sources", "CustomerContext:Tenants:0:WriteKeys:1:Key is there twice"],
            error!.Errors);
    }

    private static (string, string)[] WriteKey(int place, string key, string source, string secret = "false") =>
        [($"Tenants:0:WriteKeys:{place}:Key", key), ($"Tenants:0:WriteKeys:{place}:Source", source), ($"Tenants:0:WriteKeys:{place}:Secret", secret)];

    [Theory]
    [InlineData("help.example.org", null)]
    [InlineData("", "Host must be the name of a host, in lower case, without scheme, port and path")]
    [InlineData("Help.example.org", "Host must be the name of a host, in lower case, without scheme, port and path")]
    [InlineData("https://help.example.org", "Host must be the name of a host, in lower case, without scheme, port and path")]
    [InlineData("help.example.org:443", "Host must be the name of a host, in lower case, without scheme, port and path")]
    [InlineData("10.0.0.1", "Host must be the name of a host, in lower case, without scheme, port and path")]
    public void Read_HelpHost_IsAName(string host, string? wrong)
    {
        var error = Record.Exception(() => Read([.. _acme, .. HelpHost(0, 0, host, "crm")])) as SiloConfigException;

        Assert.Equal(wrong is null ? null : $"CustomerContext:Tenants:0:HelpHosts:0:{wrong}", error?.Errors.Single());
    }

    [Fact]
    public void Read_HelpHostOfTwoTenantsOrOfNoSource_Refused()
    {
        (string, string)[] globex = [("Tenants:1:Id", "globex"), ("Tenants:1:Sources:0", "helpdesk")];
        var error = Record.Exception(() => Read([.. _acme, .. globex, .. HelpHost(0, 0, "help.example.org", "crm"), .. HelpHost(1, 0, "help.example.org", "crm")])) as SiloConfigException;

        Assert.Equal(
            ["CustomerContext:Tenants:1:HelpHosts:0:Host is another tenant's", "CustomerContext:Tenants:1:HelpHosts:0:Sources must be sources of the tenant"],
            error!.Errors);
    }

    [Theory]
    [InlineData(Limits.Help.Hosts, true)]
    [InlineData(Limits.Help.Hosts + 1, false)]
    public void Read_HelpHosts_AtMostSoMany(int count, bool isGood)
    {
        var error = Record.Exception(() => Read([.. _acme, .. Enumerable.Range(0, count).SelectMany(i => HelpHost(0, i, $"help{i}.example.org", "crm"))])) as SiloConfigException;

        Assert.Equal(isGood ? null : $"CustomerContext:Tenants:0:HelpHosts must be at most {Limits.Help.Hosts}", error?.Errors.Single());
    }

    private static (string, string)[] HelpHost(int tenant, int place, string host, string source) =>
        [($"Tenants:{tenant}:HelpHosts:{place}:Host", host), ($"Tenants:{tenant}:HelpHosts:{place}:Sources:0", source)];

    [Theory]
    [InlineData("DisplayName", 64, true)]
    [InlineData("DisplayName", 65, false)]
    [InlineData("Traits:0:Text", 200, true)]
    [InlineData("Traits:0:Text", 201, false)]
    public void Read_WordsOfACompany_WithinTheirBounds(string setting, int length, bool isGood)
    {
        var error = Record.Exception(() => Read([.. _acme, ($"Tenants:0:{setting}", new string('a', length)), .. setting == "DisplayName" ? [] : (ReadOnlySpan<(string, string)>)[("Tenants:0:Traits:0:Name", "x-loyalty")]])) as SiloConfigException;

        Assert.Equal(isGood, error is null);
        Assert.All(error?.Errors ?? [], message => Assert.StartsWith($"CustomerContext:Tenants:0:{setting} must be 1 to ", message));
    }

    [Theory]
    [InlineData("data:image/png;base64,", 32_768, true)]
    [InlineData("data:image/svg+xml;base64,", 32_768, true)]
    [InlineData("data:image/png;base64,", 32_769, false)]
    [InlineData("data:image/png;base64,", 0, false)]
    [InlineData("data:text/html;base64,", 10, false)]
    [InlineData("https://example.org/", 10, false)]
    public void Read_Logo_WithinItsBounds(string beginning, int bytes, bool isGood)
    {
        var error = Record.Exception(() => Read([.. _acme, ("Tenants:0:Logo", beginning + Convert.ToBase64String(new byte[bytes]))])) as SiloConfigException;

        Assert.Equal(isGood, error is null);
        Assert.All(error?.Errors ?? [], message => Assert.StartsWith("CustomerContext:Tenants:0:Logo must be ", message));
    }

    [Theory]
    [InlineData("x-loyalty", true)]
    [InlineData("loyalty", false)]
    [InlineData("x-Loyalty", false)]
    public void Read_OwnTrait_IsOfTheCompany(string name, bool isGood)
    {
        var error = Record.Exception(() => Read([.. _acme, ("Tenants:0:Traits:0:Name", name), ("Tenants:0:Traits:0:Text", "Points")])) as SiloConfigException;

        Assert.Equal(isGood, error is null);
    }

    [Fact]
    public void Read_Issuer_WithItsDefaults()
    {
        var access = Read([.. _acme, ("Issuers:0:Issuer", "https://login.example.org"), ("Issuers:0:Tenants:0", "acme")]);

        var issuer = access.Issuers["https://login.example.org"];
        Assert.Equal("customercontext", issuer.Audience);
        Assert.Null(issuer.Keys);
        Assert.Equal([new TenantId("acme")], issuer.Tenants!);
        Assert.False(issuer.ForCustomers);
        Assert.DoesNotContain(issuer.Algorithms, name => name.StartsWith("HS", StringComparison.Ordinal) || name == "none");
        Assert.Equal(new ClaimNames("tenant", "sub", "actor_type", "client_id", "scope"), issuer.Claims);
    }

    [Theory]
    [InlineData("Issuers:0:Issuer", "http://login.example.org")]
    [InlineData("Issuers:0:Issuer", "customercontext-development")]
    [InlineData("Issuers:0:Issuer", "")]
    [InlineData("Issuers:0:Keys", "http://login.example.org/keys")]
    [InlineData("Issuers:0:Tenants:0", "initech")]
    [InlineData("Issuers:0:Algorithms:0", "HS256")]
    [InlineData("Issuers:0:Algorithms:0", "none")]
    [InlineData("Issuers:0:Audience", "")]
    [InlineData("Tenants:0:Answers:0:Tier", "")]
    [InlineData("Tenants:0:Answers:0:Hours", "0")]
    [InlineData("Tenants:0:Answers:0:Hours", "241")]
    [InlineData("Tenants:0:Answers:0:NoticeHours", "-1")]
    [InlineData("Tenants:0:Answers:0:NoticeHours", "25")]
    [InlineData("Tenants:0:Answers:0:EscalationHours", "-1")]
    [InlineData("Tenants:0:Answers:0:EscalationHours", "73")]
    [InlineData("Tenants:0:Roster:0:Name", "")]
    [InlineData("Tenants:0:Roster:0:Name", "a\u0007b")]
    [InlineData("Tenants:0:Roster:0:Kind", "friend")]
    [InlineData("Tenants:0:Roster:0:Topics:0", "-")]
    [InlineData("Tenants:0:Clients:0:Id", "")]
    [InlineData("Tenants:0:Clients:0:Purposes:0", "world.domination")]
    [InlineData("Tenants:0:AiClients:0", "")]
    [InlineData("Tenants:0:AiClients:0", "not-a-client")]
    public void Read_OneSettingWrong_NamedByItsKey(string key, string value)
    {
        Dictionary<string, string> settings = new(_acme.Select(one => KeyValuePair.Create(one.Item1, one.Item2)))
        {
            ["Issuers:0:Issuer"] = "https://login.example.org",
            ["Issuers:0:Tenants:0"] = "acme",
            ["Tenants:0:Clients:0:Id"] = "desktop",
            ["Tenants:0:Answers:0:Tier"] = "gold",
            ["Tenants:0:Roster:0:Name"] = "Network team",
            ["Tenants:0:Roster:0:Topics:0"] = "router",
            [key] = value,
        };

        var error = Assert.Throws<SiloConfigException>(() => Read([.. settings.Select(one => (one.Key, one.Value))]));

        Assert.StartsWith($"CustomerContext:{key} ", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Limits.AiReaders.ClientLength, true)]
    [InlineData(Limits.AiReaders.ClientLength + 1, false)]
    public void Read_AiClient_AtTheLimitAndOnePast(int length, bool isTaken)
    {
        var name = new string('a', length);
        (string, string)[] settings = [.. _acme, ("Tenants:0:AiClients:0", name)];

        if (isTaken)
        {
            Assert.Equal([name], Read(settings).Tenants[new TenantId("acme")].AiClients);
        }
        else
        {
            Assert.Throws<SiloConfigException>(() => Read(settings));
        }
    }

    [Fact]
    public void Read_AnswerTimes_AtTheirLimitsAndWithDefaults()
    {
        var acme = Read(
            [
                .. _acme, ("Tenants:0:Answers:0:Tier", "gold"), ("Tenants:0:Answers:0:Hours", "2"), ("Tenants:0:Answers:1:Tier", "silver"), ("Tenants:0:Answers:1:Hours", "240"),
                ("Tenants:0:Answers:1:NoticeHours", "240"), ("Tenants:0:Answers:1:EscalationHours", "72"), ("Tenants:0:Answers:2:Tier", "bronze"),
            ]).Tenants[new TenantId("acme")].Answers;

        Assert.Equal(
            [("gold", 2.0, 2.0, 0.0), ("silver", 240, 240, 72), ("bronze", 24, 4, 0)],
            acme.Tiers.Select(time => (time.Tier, time.Answer.TotalHours, time.Notice.TotalHours, time.Escalation.TotalHours)));
        Assert.Null(acme.Of("platinum"));
        Assert.Equal(24, Read(_acme).Tenants[new TenantId("acme")].Answers.Of("platinum")?.Answer.TotalHours);
    }

    [Fact]
    public void Read_SameTierTwiceOrOneTooMany_IsRefused()
    {
        var sixteen = Enumerable.Range(0, 16).Select(number => ($"Tenants:0:Answers:{number}:Tier", $"tier{number}"));

        Assert.Equal(16, Read([.. _acme, .. sixteen]).Tenants[new TenantId("acme")].Answers.Tiers.Length);
        var tooMany = Assert.Throws<SiloConfigException>(() => Read([.. _acme, .. sixteen, ("Tenants:0:Answers:16:Tier", "tier3")]));
        Assert.Equal(["CustomerContext:Tenants:0:Answers must be at most 16", "CustomerContext:Tenants:0:Answers:16:Tier is there twice"], tooMany.Errors);
    }

    [Theory]
    [InlineData(48, 48, 16, 40, 256, null)]
    [InlineData(49, 48, 16, 40, 256, "Roster:0:Name")]
    [InlineData(48, 49, 16, 40, 256, "Roster:0:Reach")]
    [InlineData(48, 48, 0, 40, 256, "Roster:0:Topics")]
    [InlineData(48, 48, 17, 40, 256, "Roster:0:Topics")]
    [InlineData(48, 48, 1, 41, 256, "Roster:0:Topics:0")]
    [InlineData(48, 48, 1, 40, 257, "Roster")]
    public void Read_Roster_AtAndPastItsLimits(int characters, int reach, int topics, int letters, int entries, string? wrong)
    {
        var first = Enumerable.Range(0, topics).Select(number => ($"Tenants:0:Roster:0:Topics:{number}", number == 0 ? new string('t', letters) : $"topic {number}"));
        var others = Enumerable.Range(1, entries - 1).SelectMany(number => new[] { ($"Tenants:0:Roster:{number}:Name", "Team"), ($"Tenants:0:Roster:{number}:Topics:0", "router") });
        (string, string)[] settings = [.. _acme, ("Tenants:0:Roster:0:Name", new string('n', characters)), ("Tenants:0:Roster:0:Reach", new string('r', reach)), .. first, .. others];

        var error = Record.Exception(() => Read(settings)) as SiloConfigException;

        Assert.Equal(wrong is null ? null : $"CustomerContext:Tenants:0:{wrong}", error?.Errors.Single().Split(' ')[0]);
    }

    [Fact]
    public void Read_Roster_TopicsAreNormalisedAndTheKindIsAnEmployeesByDefault()
    {
        var entry = Assert.Single(Read([.. _acme, ("Tenants:0:Roster:0:Name", "Team"), ("Tenants:0:Roster:0:Topics:0", "Router X200")]).Tenants[new TenantId("acme")].Roster.Entries);

        Assert.Equal(("Team", RosterKind.Employee, "", "router-x200"), (entry.Name, entry.Kind, entry.Reach, Assert.Single(entry.Topics)));
    }

    [Fact]
    public void Read_IssuerTwiceOrForNobody_IsRefused()
    {
        var error = Assert.Throws<SiloConfigException>(() => Read(
            [.. _acme, ("Issuers:0:Issuer", "https://a.example.org"), ("Issuers:1:Issuer", "https://a.example.org"), ("Issuers:1:Customers", "true")]));

        Assert.Equal(
            ["CustomerContext:Issuers:0:Tenants", "CustomerContext:Issuers:1:Issuer"],
            error.Errors.Select(text => text.Split(' ')[0]));
    }

    private static AccessConfig Read(IEnumerable<(string Key, string Value)> settings) => SiloConfigReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"CustomerContext:{setting.Key}", (string?)setting.Value)))
        .Build()).Access;
}
