using CustomerContext.Client;
using CustomerContext.Testing;
using CustomerContext.V1;

namespace CustomerContext.Clients.Tests.Docs;

/// <summary>The demo finds its town again, begins with a new one after <c>--fresh</c>, and deletes no folder that no demo has made.</summary>
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
