using System.Net;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Http.Segment;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Hosting;
using CustomerContext.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CustomerContext.Silo.Tests.Access;

/// <summary>Whose a write key is.</summary>
public sealed class WriteKeyReaderTests
{
    private const string Own = "a-key-of-acme";
    private const string Demo = "demo-acme-web";

    [Theory]
    [InlineData(Own, false, true)]
    [InlineData(Own, true, true)]
    [InlineData(Demo, true, true)]
    [InlineData(Demo, false, false)]
    [InlineData("a-key-of-nobody", true, false)]
    [InlineData("", true, false)]
    public void Find_Key_GoodAsTheConfigurationSays(string key, bool isDevelopment, bool isGood)
    {
        var error = Record.Exception(() => Reader(isDevelopment).Find(Call(key))) as RpcException;

        Assert.Equal(isGood ? null : StatusCode.Unauthenticated, error?.StatusCode);
    }

    [Fact]
    public void Find_KeyOfATenantThatIsDisabled_NotAllowed() =>
        Assert.Equal(StatusCode.PermissionDenied, Assert.Throws<RpcException>(() => Reader(true, ("Tenants:0:Disabled", "true")).Find(Call(Own))).StatusCode);

    [Fact]
    public void Find_WrongKeysBeyondTheRate_GuesserWaits()
    {
        var reader = Reader(true);
        for (var guess = 0; guess < Limits.Rates.ForgedOfConnection * (int)Limits.Rates.Window.TotalSeconds; guess++)
        {
            Assert.Equal(StatusCode.Unauthenticated, Assert.Throws<RpcException>(() => reader.Find(Call("a-guess"))).StatusCode);
        }

        Assert.Equal(StatusCode.ResourceExhausted, Assert.Throws<RpcException>(() => reader.Find(Call("a-guess"))).StatusCode);
        Assert.Equal("web", reader.Find(Call(Own)).Source);
    }

    private static WriteKeyReader Reader(bool isDevelopment, params (string Key, string Value)[] more)
    {
        (string Key, string Value)[] settings =
        [
            ("Tenants:0:Id", "acme"), ("Tenants:0:Sources:0", "web"),
            ("Tenants:0:WriteKeys:0:Key", Own), ("Tenants:0:WriteKeys:0:Source", "web"), ("Tenants:0:WriteKeys:1:Key", Demo), ("Tenants:0:WriteKeys:1:Source", "web"),
            ("Development", $"{isDevelopment}"), .. more,
        ];
        var config = SiloConfigReader.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"CustomerContext:{one.Key}", (string?)one.Value))).Build());
        var access = new CurrentAccess(config.Access);
        return new WriteKeyReader(access, new RateLimits(access, new SilosUp(), Metrics.New(), new FakeTime()), config);
    }

    private static DefaultHttpContext Call(string key)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Connection.Id = "connection";
        http.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{key}:"));
        return http;
    }
}
