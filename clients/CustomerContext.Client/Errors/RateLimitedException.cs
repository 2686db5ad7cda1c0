namespace CustomerContext.Client;

/// <summary>Too much at once: the tenant or the actor has used up its rate, or the server has too much in hand (<see cref="V1.ErrorReason.Overloaded"/>). Nothing was done; the same may be sent again after the delay.</summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class RateLimitedException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner)
{
    /// <summary>How long to wait. Absent: the server did not say.</summary>
    public TimeSpan? RetryDelay => Detail.RetryDelay;
}
