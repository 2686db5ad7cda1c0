namespace CustomerContext.Testing;

/// <summary>Where the running test stands in the repository: it lies in <c>tests/PROJECT/bin/CONFIGURATION/FRAMEWORK</c>.</summary>
public static class Repository
{
    private static readonly DirectoryInfo _framework = new(AppContext.BaseDirectory.TrimEnd('/'));

    private static DirectoryInfo Configuration => _framework.Parent!;

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Configuration.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>What the project in <paramref name="folder"/> was built to, in the configuration that the test itself was built for.</summary>
    public static string Built(string folder, string file) =>
        Path.Combine(Root, folder, "bin", Configuration.Name, _framework.Name, file);
}
