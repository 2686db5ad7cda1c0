namespace CustomerContext.Client;

/// <summary>How signals are published.</summary>
public sealed record PublishOptions
{
    /// <summary>The most signals a request. 1 to 500. Default: 500.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>The most requests on their way at a time. 1 to 64. Default: 8.</summary>
    public int InFlight { get; init; } = 8;

    /// <summary>Time for one request, all tries together. Above zero. Default: the client's write deadline (absent).</summary>
    public TimeSpan? Deadline { get; init; }

    /// <exception cref="ArgumentException">Something is out of bounds.</exception>
    internal void Validate()
    {
        if (BatchSize is < 1 or > 500 || InFlight is < 1 or > 64 || Deadline <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"{nameof(BatchSize)} must be 1 to 500, {nameof(InFlight)} 1 to 64, {nameof(Deadline)} above zero or absent");
        }
    }
}
