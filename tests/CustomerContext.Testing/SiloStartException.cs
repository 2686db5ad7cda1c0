namespace CustomerContext.Testing;

/// <summary>The silo ended instead of starting.</summary>
public sealed class SiloStartException(int exitCode, string output) : Exception($"The silo ended with {exitCode}:\n{output}")
{
    /// <summary>What the process ended with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What it wrote.</summary>
    public string Output { get; } = output;
}
