namespace CustomerContext.Client;

/// <summary>The tenant or the actor has used up its rate.</summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class RateLimitedException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner)
{
    /// <summary>How long to wait. Absent: the server did not say.</summary>
    public TimeSpan? RetryDelay => Detail.RetryDelay;
}
