using CustomerContext.Testing;

namespace CustomerContext.Clients.Tests.Docs;

/// <summary>The benchmarks of the hot ways still run against the product as it is: here each for a moment, for their figures only by hand.</summary>
public sealed class BenchmarkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lookup", "GetContext by customer id")]
    [InlineData("ingest", "PublishSignals, many customers")]
    public async Task Benchmark_ForAMoment_GivesFiguresOfEveryCase(string benchmark, string last)
    {
        string[] arguments = [benchmark, "--store", "sqlite", "--rounds", "1", "--seconds", "1", "--warmup", "20", "--in-flight", "4"];
        using var terminal = new Terminal(_folder.Path, new Dictionary<string, string>(), Repository.Built("tests/CustomerContext.Benchmarks", "CustomerContext.Benchmarks"), arguments);

        var (exitCode, output) = await terminal.Ended();

        Assert.True(exitCode == 0, output);
        Assert.Matches($@"(?m)^{last} +\d", output);
    }
}
