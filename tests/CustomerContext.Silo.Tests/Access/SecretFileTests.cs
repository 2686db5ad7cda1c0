using System.Runtime.Versioning;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Hosting;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Access;

/// <summary>Files of keys that silos may make at the same moment, and the folder that they are in.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TryCreate_ManyAtOnce_OneWinsAndItsTextIsThereWhole()
    {
        for (var trial = 0; trial < 50; trial++)
        {
            var path = _folder.File("key");
            var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (Text: $"{i}", Won: SecretFile.TryCreate(path, $"{i}")))));

            Assert.Equal(File.ReadAllText(path), Assert.Single(won, one => one.Won).Text);
            Assert.Equal([path], Directory.GetFiles(_folder.Path));
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Certificates_FolderHasSome_RefusedAndLeftAsTheyAre()
    {
        await ClusterCommand.Run(["certificates", "--to", _folder.Path]);
        var before = File.ReadAllText(_folder.File("silo.pem"));

        var refused = await Assert.ThrowsAsync<SiloConfigException>(() => ClusterCommand.Run(["certificates", "--to", _folder.Path]));

        Assert.Contains("running silos may use", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder.File("silo.pem")));
    }

    [Fact]
    public void Prepare_GroupIsInheritedByNewFolders_NobodyElseHasRights()
    {
        // As volumes of a container platform are.
        File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.SetGroup);
        var inside = Path.Combine(_folder.Path, "silo");

        DataFolder.Prepare(inside);
        DataFolder.Prepare(inside);

        Assert.True(File.GetUnixFileMode(inside).HasFlag(UnixFileMode.SetGroup));
    }
}
