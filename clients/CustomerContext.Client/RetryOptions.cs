namespace CustomerContext.Client;

/// <summary>
/// How calls are repeated that the server could not answer (UNAVAILABLE), put off (RESOURCE_EXHAUSTED with a delay) or, where there is another address, did not answer in its try's time. Everything that the
/// handles do is safe to repeat: reads, signals by (source, id), changes by a request id that stays the same. All tries share one deadline.
/// </summary>
public sealed record RetryOptions
{
    /// <summary>The most tries of one call, the first included. 1 to 100. 1: never repeat. Default: 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>
    /// The longest wait before the second try; it doubles with each further one, and the actual wait is drawn evenly between 0 and it.
    /// The server's own wish comes before that, and the wait after it may be as long as the wish again, up to <see cref="MaxBackoff"/>. Above zero. Default: 50 milliseconds.
    /// </summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>What the wait never grows beyond by doubling. At least <see cref="InitialBackoff"/>. Default: 2 seconds.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many repeats the whole client may have in hand, of signals so many and of everything else so many. Each UNAVAILABLE, and each OVERLOADED, uses up one, with several addresses also each first try that had no answer in its time. Each success gives a tenth back,
    /// and nothing is repeated while less than half are left; so a struggling server is not flooded. 1 to 1,000,000. Default: 100.
    /// </summary>
    public int Budget { get; init; } = 100;
}
