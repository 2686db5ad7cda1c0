using System.Diagnostics;
using System.Globalization;

namespace CustomerContext.Benchmarks.Profile;

/// <summary>Where the processor time of a process goes, as Linux' <c>perf</c> samples it.</summary>
internal static class PerfSamples
{
    private const int PerSecond = 199;

    /// <summary>Samples taken in <paramref name="time"/>, each with its stack, innermost frame first.</summary>
    /// <exception cref="InvalidOperationException">There is no <c>perf</c>, or it may not look at the process.</exception>
    public static async Task<List<Sample>> Record(int processId, TimeSpan time, string folder)
    {
        var file = Path.Combine(folder, "perf.data");
        var seconds = time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await Run(["record", "-q", "-F", $"{PerSecond}", "-g", "-p", $"{processId}", "-o", file, "--", "sleep", seconds], _ => { });
        var (samples, current) = (new List<Sample>(), (Sample?)null);
        await Run(["script", "-i", file, "-F", "comm,ip,sym,dso"], line =>
        {
            if (line.Length == 0)
            {
                current = null;
            }
            else if (char.IsWhiteSpace(line[0]) && current is not null)
            {
                current.Frames.Add(line.Trim());
            }
            else
            {
                samples.Add(current = new Sample(line.Trim(), []));
            }
        });
        return samples;
    }

    private static async Task Run(string[] arguments, Action<string> take)
    {
        var start = new ProcessStartInfo("perf", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var perf = Process.Start(start)!;
        var errors = perf.StandardError.ReadToEndAsync();
        while (await perf.StandardOutput.ReadLineAsync() is { } line)
        {
            take(line);
        }

        await perf.WaitForExitAsync();
        if (perf.ExitCode != 0)
        {
            throw new InvalidOperationException($"perf {arguments[0]} failed: {await errors}");
        }
    }
}

/// <summary>One sample.</summary>
/// <param name="Thread">The thread's name.</param>
/// <param name="Frames">As perf prints them: address, symbol, library in brackets; innermost first.</param>
internal sealed record Sample(string Thread, List<string> Frames);
