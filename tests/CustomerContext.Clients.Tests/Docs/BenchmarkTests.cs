using CustomerContext.Testing;

namespace CustomerContext.Clients.Tests.Docs;

/// <summary>The benchmark of looks still runs against the product as it is: here for a moment, for its figures only by hand.</summary>
public sealed class BenchmarkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lookup_ForAMoment_GivesFiguresOfItsCases()
    {
        string[] arguments = ["lookup", "--store", "sqlite", "--rounds", "1", "--seconds", "1", "--warmup", "20", "--in-flight", "4"];
        using var terminal = new Terminal(_folder.Path, new Dictionary<string, string>(), Repository.Built("tests/CustomerContext.Benchmarks", "CustomerContext.Benchmarks"), arguments);

        var (exitCode, output) = await terminal.Ended();

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"(?m)^GetContext by customer id +\d", output);
    }
}
