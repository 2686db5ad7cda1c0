using CustomerContext.Client;

namespace CustomerContext.Cli.Replay;

/// <summary>A long run outlives a restart of the server.</summary>
internal static class ReplayRetry
{
    /// <summary>For one request, all tries together.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static readonly RetryOptions Retry = new()
    {
        MaxAttempts = 100,
        InitialBackoff = TimeSpan.FromMilliseconds(100),
        MaxBackoff = TimeSpan.FromSeconds(2),
        Budget = 1_000_000,
    };
}
