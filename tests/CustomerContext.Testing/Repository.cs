namespace CustomerContext.Testing;

/// <summary>Where the running test stands in the repository: it lies in <c>tests/PROJECT/bin/STACK/CONFIGURATION/FRAMEWORK</c>.</summary>
public static class Repository
{
    private static readonly DirectoryInfo _framework = new(AppContext.BaseDirectory.TrimEnd('/'));

    private static DirectoryInfo Configuration => _framework.Parent!;

    private static DirectoryInfo Stack => Configuration.Parent!;

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Stack.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>What the project in <paramref name="folder"/> was built to, for the stack and configuration that the test itself was built for.</summary>
    public static string Built(string folder, string file) =>
        Path.Combine(Root, folder, "bin", Stack.Name, Configuration.Name, _framework.Name, file);
}
