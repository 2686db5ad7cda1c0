namespace CustomerContext.Client.Internal;

/// <summary>How long to wait before the next try.</summary>
internal static class Backoff
{
    private const int MostDoublings = 30;

    /// <summary>
    /// Full jitter: evenly between 0 and the doubled bound. What the server asks for comes before that, and the bound is then no less than it: many callers who are put off at one moment for the same time must
    /// not all come again at one moment.
    /// </summary>
    /// <param name="options">The bounds.</param>
    /// <param name="failures">How many tries failed so far, from 1.</param>
    /// <param name="asked">What the server asked for. Absent: nothing.</param>
    /// <param name="random">Drawn evenly from [0, 1).</param>
    public static TimeSpan Next(RetryOptions options, int failures, TimeSpan? asked, double random)
    {
        var doubled = options.InitialBackoff * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        var least = asked ?? TimeSpan.Zero;
        var spread = doubled > least ? doubled : least;
        return least + ((spread < options.MaxBackoff ? spread : options.MaxBackoff) * random);
    }
}
