using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>How soon a tribe is there again in a new process, counted from the start of the process.</summary>
/// <param name="Answered">Until the tribe says what it has released.</param>
/// <param name="Released">Until it has made its next release, for which every shard is read.</param>
/// <param name="HeapBytes">What all of it takes then.</param>
internal sealed record TribeRestart(TimeSpan Answered, TimeSpan Released, long HeapBytes)
{
    /// <summary>The first argument of such a process.</summary>
    public const string Command = "tribe-restart";

    /// <summary>Starts a process on a folder that a silo has left, and has it tell.</summary>
    public static async Task<TribeRestart> InNewProcess(string folder, string tribe, long round)
    {
        string[] arguments = [Command, folder, tribe, round.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };

        // As the silo has it by its SDK.
        start.Environment["DOTNET_gcServer"] = "1";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<TribeRestart>(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!
            : throw new InvalidOperationException($"The new process ended with {process.ExitCode}: {said}");
    }

    /// <summary>What that process does.</summary>
    public static async Task Tell(string folder, string tribe, long round)
    {
        using var process = Process.GetCurrentProcess();
        var begun = new DateTimeOffset(process.StartTime);
        await using var silo = await SeededSilo.Start(folder);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        if ((await silo.Tribe(tribe).Get()).History.Last is null)
        {
            throw new InvalidOperationException("The tribe has lost its release.");
        }

        var answered = TimeProvider.System.GetUtcNow() - begun;
        await silo.Tribe(tribe).Finish(round);
        var released = TimeProvider.System.GetUtcNow() - begun;
        Console.WriteLine(JsonSerializer.Serialize(new TribeRestart(answered, released, GC.GetTotalMemory(forceFullCollection: true) - before)));
    }
}
