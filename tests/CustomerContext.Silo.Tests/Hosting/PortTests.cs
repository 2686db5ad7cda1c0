using System.Net;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>What a running silo listens on, as the operating system knows it.</summary>
public sealed class PortTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    public async Task Start_Alone_ListensOnItsThreePortsOfLoopbackAndNothingElse(string orleans)
    {
        await using var silo = await SiloProcess.Start(_data.Path, "--silo-address", orleans);

        string[] documented = [$"127.0.0.1:{silo.Grpc.Port}", $"127.0.0.1:{silo.Http.Port}", $"{orleans}:{silo.SiloPort}"];
        Assert.Equal(documented.Order(StringComparer.Ordinal), ListeningPorts.Of(silo.ProcessId));
    }

    [Fact]
    public async Task Start_MetricsOnADoorOfTheirOwn_ShownThereAloneAndNothingElse()
    {
        var port = FreePort.Next();
        await using var silo = await SiloProcess.Start(_data.Path, "--metrics", $"127.0.0.1:{port}");
        using var http = new HttpClient();
        var own = new Uri($"http://127.0.0.1:{port}");

        Assert.Contains("orleans_grains", await http.GetStringAsync(new Uri(own, "/metrics")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(new Uri(silo.Http, "/metrics")));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(new Uri(silo.Http, "/notices")));
        foreach (var path in (string[])["/notices", "/healthz", "/.well-known/jwks.json", "/"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusOf(new Uri(own, path)));
        }

        async Task<HttpStatusCode> StatusOf(Uri address)
        {
            using var answer = await http.GetAsync(address);
            return answer.StatusCode;
        }
    }
}
