using System.Runtime.Versioning;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>What a silo says when it starts, and when it does not.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StartTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Start_NothingConfigured_SaysVersionsStoreAndThatNobodyCanCall()
    {
        await using var silo = await SiloProcess.Start(_data.Path, "--development=false");
        await silo.Stop(); // All that it said has been read then.

        Assert.Matches(@"CustomerContext \S+, Orleans 10\.4\.2, \.NET 10\.\S+: gRPC on ", silo.Output);
        Assert.Contains("store SQLite (EveryWrite); off: TLS of gRPC and HTTP, cluster, development tokens, issuers, CIBA", silo.Output, StringComparison.Ordinal);
        Assert.Contains("Nobody can call", silo.Output, StringComparison.Ordinal);
        Assert.False(DevTokens.AreIn(_data.Path));
    }

    [Theory]
    [InlineData("--devlopment=false", "--devlopment is not a setting")]
    [InlineData("--redis-host=x", "--redis-host is not a setting")]
    [InlineData("--CustomerContext:Devlopment=false", "CustomerContext:Devlopment is not a setting")]
    [InlineData("--Kestrel:Endpoints:Extra:Url=http://0.0.0.0:0", "--Kestrel:Endpoints:Extra:Url is not a setting")]
    public async Task Start_UnknownOnTheCommandLine_IsRefused(string argument, string error)
    {
        var refused = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.Start(_data.Path, argument));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(error, refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CustomerContext__Devlopment", "CustomerContext:Devlopment is not a setting")]
    [InlineData("Kestrel__Endpoints__Extra__Url", "Kestrel is not a section that is read")]
    public async Task Start_UnknownInTheEnvironment_IsRefused(string name, string error)
    {
        var refused = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.StartIn(new Dictionary<string, string> { [name] = "http://0.0.0.0:0" }, _data.Path));

        Assert.Contains(error, refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RightsOfOthersInTheDataFolder_IsRefusedWithWhatToDo()
    {
        await using (var silo = await SiloProcess.Start(_data.Path))
        {
            Assert.All(Directory.GetFiles(_data.Path, "*", SearchOption.AllDirectories), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        }

        File.SetUnixFileMode(_data.File("identity.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var refused = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.Start(_data.Path));

        Assert.Contains(_data.File("identity.key"), refused.Output, StringComparison.Ordinal);
        Assert.Contains($"chmod -R go= {_data.Path}", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_IdentityKeyLostOrAnother_IsRefusedAndNamed()
    {
        await using (await SiloProcess.Start(_data.Path))
        {
        }

        var path = _data.File("identity.key");
        var key = File.ReadAllText(path);
        File.Delete(path);
        var lost = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.Start(_data.Path));
        Assert.Contains($"{path} is missing", lost.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(path), "A new key was made.");

        File.WriteAllText(path, new string('a', 64) + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var other = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.Start(_data.Path));
        Assert.Matches("holds the key [0-9a-f]{16}, and the store was filled with [0-9a-f]{16}", other.Output);

        File.WriteAllText(path, key);
        await using var again = await SiloProcess.Start(_data.Path);
        Assert.True(DevTokens.AreIn(_data.Path));
    }
}
