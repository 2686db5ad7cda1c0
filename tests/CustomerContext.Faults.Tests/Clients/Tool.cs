using System.Diagnostics;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Clients;

/// <summary>A program that nobody here wrote.</summary>
internal static class Tool
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);

    /// <summary>Runs it in the repository's folder; it must end well. What it printed.</summary>
    public static Task<string> Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        RunTo(0, program, arguments, environment);

    /// <summary>The same; it must end with this exit code.</summary>
    public static async Task<string> RunTo(int exitCode, string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(_longest);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        var printed = await output + await errors;
        Assert.True(process.ExitCode == exitCode, $"{program} ended with {process.ExitCode}:\n{printed}");
        return printed;
    }
}
