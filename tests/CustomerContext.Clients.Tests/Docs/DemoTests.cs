using System.Text.Json.Nodes;
using CustomerContext.Client;
using CustomerContext.Testing;
using CustomerContext.V1;

namespace CustomerContext.Clients.Tests.Docs;

/// <summary>The demo tells who lives in its town, finds it again, begins with a new one after <c>--fresh</c>, and deletes no folder that no demo has made.</summary>
public sealed class DemoTests : IDisposable
{
    private const string SomebodyNew = "new-in-town@example.org";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Demo_StartedAgain_KeepsTheTownUnlessItIsToBeFresh(bool isFresh)
    {
        string[] few = ["--demo-people", "13"];
        await using (var before = await SiloProcess.StartDemo(_folder.Path, few))
        {
            await before.Writes("./ctx get");
            using var client = As(SomebodyNew, before);
            await client.Me.SetPreferencesAsync(new Preferences { OfAge = true });
        }

        await using var again = await SiloProcess.StartDemo(_folder.Path, isFresh ? [.. few, "--fresh"] : few);
        await again.Writes("./ctx get");
        using var later = As(SomebodyNew, again);
        Assert.Equal(!isFresh, (await later.Me.GetPreferencesAsync()).Preferences.OfAge);
    }

    [Fact]
    public async Task Fresh_OnAFolderThatNoDemoMade_DeletesNothing()
    {
        var mine = _folder.File("mine.txt");
        await File.WriteAllTextAsync(mine, "not a town");

        var refused = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.StartDemo(_folder.Path, "--fresh"));

        Assert.Contains("which no demo has made", refused.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(mine));
    }

    [Fact]
    public async Task Who_InTheTown_NamesEachAndWhatTheyAllowed()
    {
        await using var town = await SiloProcess.StartDemo(_folder.Path, "--demo-people", "13");
        await town.Writes("./ctx get");

        var (exitCode, output) = await Ctx(town, "who", "--json");

        Assert.Equal(0, exitCode);
        var people = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(12, people.Length);
        Assert.Equal(("customer1@example.org", "Mara", "acme"), ((string)people[0]["email"]!, (string)people[0]["call_me"]!, (string)people[0]["grants"]![0]!["tenant"]!));
        Assert.Equal(["de", "en", "fr"], people.Select(one => (string)one["language"]!).Distinct().Order());
        Assert.Contains(people, one => one["grants"]!.AsArray().Count == 0);
        Assert.Contains("from 1 to 100", (await Ctx(town, "who", "--count", "101")).Output, StringComparison.Ordinal);
        Assert.Contains("from 1 to 100", (await Ctx(town, "who", "--count", "0")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Ctx(town, "who", "--count", "1")).ExitCode);
    }

    private async Task<(int ExitCode, string Output)> Ctx(SiloProcess town, params IEnumerable<string> words)
    {
        var variables = new Dictionary<string, string> { ["CTX_DATA"] = town.DataFolder, ["CTX_ADDRESS"] = town.Grpc.ToString() };
        using var terminal = new Terminal(_folder.Path, variables, "dotnet", words.Prepend(Repository.Built("clients/CustomerContext.Cli", "ctx.dll")));
        return await terminal.Ended();
    }

    private static CustomerContextClient As(string address, SiloProcess town)
    {
        var token = town.Tokens.Sign(DevTokens.Customer(address));
        return new CustomerContextClient(new CustomerContextClientOptions
        {
            Address = town.Grpc,
            ReadDeadline = TimeSpan.FromSeconds(30),
            WriteDeadline = TimeSpan.FromSeconds(30),
            TokenProvider = _ => ValueTask.FromResult(token),
        });
    }
}
