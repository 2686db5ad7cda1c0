using System.Net;
using System.Net.Sockets;
using CustomerContext.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerContext.Connectors.Tests;

/// <summary>What is wrong with the settings is said, all of it; and outside development mode nothing private is ever called.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Start_UnknownOrWrongSettings_AllAreNamed()
    {
        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ConnectorProcess.Start(
            new Dictionary<string, string>
            {
                ["Nonsense"] = "1",
                ["PullSeconds"] = "0",
                ["Networks__0__Network"] = "Mastodon",
                ["Networks__0__Host"] = "http://mastodon.example",
                ["Networks__0__Scope"] = "write",
            },
            "--data", folder.Path));

        foreach (var named in (string[])["CustomerContextConnectors:Nonsense is not a setting", "PullSeconds must be", "Networks:0:Scope is not a setting", "Networks:0:Network must be", "Networks:0:Host must be", "Networks:0:TokenEndpoint must be", "Networks:0:ClientId and ClientSecret are required", "PublicUrl and Pages are required"])
        {
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }

        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => ConnectorProcess.Start(new Dictionary<string, string>(), "--nonsense", "1"));
        Assert.Contains("--nonsense: unknown", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_HostOnAPrivateAddress_IsNotCalled()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        await village.MakeCustomer(email);
        var ticket = new Uri((await village.As(email).Identity.BeginConnectionAsync(Village.Network)).ConnectUri).Query;
        var token = village.Silo.Tokens.Sign(DevTokens.Actor(Village.Network, "connector", isPerson: false));
        await using var login = WebApplication.CreateSlimBuilder().Build();
        login.Urls.Add("http://127.0.0.1:0");
        login.MapPost("/token", () => Results.Json(new { access_token = token, expires_in = 300 }));
        await login.StartAsync();
        using var folder = new TempFolder();
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        var port = ((IPEndPoint)inside.LocalEndpoint).Port;
        await using var connector = await ConnectorProcess.Start(
            new Dictionary<string, string>
            {
                ["Networks__0__Network"] = Village.Network,
                ["Networks__0__Host"] = $"https://localhost:{port}",
                ["Networks__0__TokenEndpoint"] = $"{login.Urls.First()}/token",
                ["Networks__0__ClientId"] = "connector",
                ["Networks__0__ClientSecret"] = "secret",
                ["PublicUrl"] = "https://connect.example",
                ["Pages"] = "https://my.example",
            },
            "--listen", "127.0.0.1:0", "--silo", village.Silo.Grpc.ToString(), "--data", folder.Path);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(new Uri(connector.Url, $"/connect/{Village.Network}{ticket}"));

        Assert.Equal($"https://my.example/me/connect?network={Village.Network}&failed=host", answer.Headers.Location?.ToString());
        Assert.False(inside.Pending());
    }
}
