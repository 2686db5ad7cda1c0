using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Hosting;
using CustomerContext.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>The file of tenants changes while the silo runs.</summary>
public sealed class TenantsFileTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = new();
    private CurrentAccess _access = null!;
    private TenantsFile _file = null!;

    private string Path => _folder.File("tenants.json");

    public async Task InitializeAsync()
    {
        File.WriteAllText(Path, Tenants("acme"));
        var rest = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("CustomerContext:TenantsFile", (string?)Path), KeyValuePair.Create("CustomerContext:Customers:Looks", (string?)"9")])
            .Build();
        var source = TenantsSource.For(rest);
        _access = new CurrentAccess(source.Read().Access);
        _file = new TenantsFile(source, _access, _time, NullLogger<TenantsFile>.Instance);
        await _file.StartAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => _file.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Change_GoodFile_CountsAfterTwoLooks()
    {
        File.WriteAllText(Path, Tenants("acme", "globex"));

        Look();
        Assert.Single(_access.Now.Tenants);
        Look();
        Assert.Contains(new TenantId("globex"), _access.Now.Tenants.Keys);
    }

    [Fact]
    public async Task Version_OfTheFileThatCounts_IsTheBeginningOfItsSha256()
    {
        Assert.Equal(Version(Tenants("acme")), await Told());
        File.WriteAllText(Path, "{ no JSON");
        Look();
        Look();
        Assert.Equal(Version(Tenants("acme")), await Told());

        File.WriteAllText(Path, Tenants("globex"));
        Look();
        Look();
        Assert.Equal(Version(Tenants("globex")), await Told());

        async Task<string?> Told() => (await _file.CheckHealthAsync(new())).Description;

        static string Version(string text) =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    [Fact]
    public void Change_WhatStandsAboveTheFile_StillDoes()
    {
        File.WriteAllText(Path, Tenants("globex"));
        Look();
        Look();

        Assert.Equal(9, _access.Now.CustomerRates.Looks);
    }

    [Theory]
    [InlineData("{ \"CustomerContext\": { \"Tenants\": [")]
    [InlineData("""{ "CustomerContext": { "Tenants": [ { "Id": "NOT GOOD", "Sources": [ "crm" ] } ] } }""")]
    [InlineData("""{ "CustomerContext": { "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Disabled": "perhaps" } ] } }""")]
    [InlineData("""{ "CustomerContext": { "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purpose": [ "service.support" ] } ] } }""")]
    public void Change_BadFile_ChangesNothingAndAGoodOneLaterCounts(string text)
    {
        var before = _access.Now;
        File.WriteAllText(Path, text);
        Look();
        Look();
        Assert.Same(before, _access.Now);

        File.WriteAllText(Path, Tenants("globex"));
        Look();
        Look();
        Assert.Equal(new TenantId("globex"), Assert.Single(_access.Now.Tenants.Keys));
    }

    [Fact]
    public void Change_FileGone_ChangesNothing()
    {
        var before = _access.Now;
        File.Delete(Path);
        Look();
        Look();

        Assert.Same(before, _access.Now);
    }

    /// <summary>Lets it look once: timers of this clock fire while it is moved.</summary>
    private void Look() => _time.Advance(Limits.Access.TenantsFileEvery);

    private static string Tenants(params string[] ids) =>
        $$"""{ "CustomerContext": { "Tenants": [ {{string.Join(", ", ids.Select(id => $$"""{ "Id": "{{id}}", "Sources": [ "crm" ] }"""))}} ] } }""";
}
