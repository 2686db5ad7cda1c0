using CustomerContext.Silo.Config;

namespace CustomerContext.Demo;

/// <summary>The data folder of a demo, marked by a file, so that <c>--fresh</c> deletes a made-up town and never a real store.</summary>
internal static class DemoFolder
{
    private const string Mark = "demo-town";

    /// <summary>Marks the folder that <paramref name="siloArguments"/> name if it is new; empties it first if <paramref name="isFresh"/>.</summary>
    /// <exception cref="SiloConfigException">It was to be emptied and is no demo's, or the town is not in it.</exception>
    public static void Prepare(IReadOnlyList<string> siloArguments, bool isFresh)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(CommandLine.OfSilo.Read(siloArguments)).Build().GetSection(SiloConfigReader.Section);
        var folder = Path.GetFullPath(settings[nameof(SiloOptions.Data)] ?? new SiloOptions().Data);
        var mark = Path.Combine(folder, Mark);
        if (isFresh && settings[nameof(SiloOptions.Redis)] is not null)
        {
            throw new SiloConfigException(["--fresh deletes a data folder, and this town is in Redis: empty the Redis yourself, and start with --accept-store"]);
        }

        if (isFresh && Directory.Exists(folder))
        {
            if (!File.Exists(mark) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new SiloConfigException([$"--fresh would delete {folder}, which no demo has made: delete it yourself, or name another one with --data"]);
            }

            Directory.Delete(folder, recursive: true);
        }

        Silo.Hosting.DataFolder.Prepare(folder);
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            File.WriteAllText(mark, "A made-up town. ./run --demo --fresh deletes this folder.\n");
        }
    }
}
