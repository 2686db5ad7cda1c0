using CustomerContext.Testing;

namespace CustomerContext.Clients.Tests.Docs;

/// <summary>The benchmarks of looks still run against the product as it is: here for a moment, for their figures only by hand.</summary>
public sealed class BenchmarkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lookup")]
    [InlineData("open")]
    public async Task Looks_ForAMoment_GiveFiguresOfTheirCases(string benchmark)
    {
        string[] arguments = [benchmark, "--store", "sqlite", "--rounds", "1", "--seconds", "1", "--warmup", "20", "--in-flight", "4", "--customers", "200"];
        using var terminal = new Terminal(_folder.Path, new Dictionary<string, string>(), Repository.Built("tests/CustomerContext.Benchmarks", "CustomerContext.Benchmarks"), arguments);

        var (exitCode, output) = await terminal.Ended();

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"(?m)^GetContext by customer id +\d", output);
    }
}
