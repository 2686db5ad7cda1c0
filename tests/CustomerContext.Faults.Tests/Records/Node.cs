using System.Diagnostics;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>A script of tests/clients.</summary>
internal static class Node
{
    /// <summary>Runs it to its end; what it printed, and with what it ended.</summary>
    public static async Task<(int ExitCode, string Printed)> Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, printed + await errors);
    }
}
