using CustomerContext.Testing;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// What the people around cost: looks beside few and many friends and in small and large tribes; a large tribe built, changed and
/// started again; a hot tribe beside quiet ones; somebody with many followers; messages for each signal. Each part has a silo and a folder of its own.
/// </summary>
internal static class GroupsBenchmark
{
    /// <summary>Runs the parts that are asked for.</summary>
    public static async Task Run(GroupsOptions options)
    {
        (string Name, Func<string, Task> Run)[] parts =
        [
            ("reads", folder => Beside(folder, silo => FlatReads.Run(silo, options))),
            ("tribe", folder => LargeTribe.Run(folder, options)),
            ("hot", folder => Beside(folder, silo => HotTribe.Run(silo, options))),
            ("followed", folder => Beside(folder, silo => FollowedWrites.Run(silo, options))),
            ("messages", folder => MessageCounts.Run(folder, options)),
        ];
        foreach (var (_, run) in parts.Where(part => options.Only is null || options.Only == part.Name))
        {
            using var folder = new TempFolder();
            await run(folder.Path);
        }
    }

    private static async Task Beside(string folder, Func<SeededSilo, Task> run)
    {
        await using var silo = await SeededSilo.Start(folder);
        await run(silo);
    }
}
