using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>What a running silo listens on, as the operating system knows it.</summary>
public sealed class PortTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Start_Alone_ListensOnItsThreePortsOfLoopbackAndNothingElse()
    {
        await using var silo = await SiloProcess.Start(_data.Path);

        string[] documented = [$"127.0.0.1:{silo.Grpc.Port}", $"127.0.0.1:{silo.Http.Port}", $"127.0.0.1:{silo.SiloPort}"];
        Assert.Equal(documented.Order(StringComparer.Ordinal), ListeningPorts.Of(silo.ProcessId));
    }
}
