using System.Diagnostics;

namespace CustomerContext.Clients.Tests.Sdk;

/// <summary>The <c>dotnet</c> command, as a user runs it.</summary>
internal static class DotNet
{
    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The configuration that these tests were built in.</summary>
    public static string Configuration { get; } = Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name;

    /// <summary>Where the machine keeps the packages that it has restored.</summary>
    public static string PackagesFolder { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <returns>What it printed.</returns>
    public static async Task<string> Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name); // the test host's own
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var printed = await output + await errors;
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{printed}");
        return printed;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CustomerContext.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder.FullName;
    }
}
