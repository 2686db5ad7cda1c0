namespace CustomerContext.Client;

/// <summary>
/// The server could not be reached, could not answer now, or did not answer within the deadline
/// (then <see cref="CustomerContextException.Code"/> is DeadlineExceeded). Whether a change was made is unknown: repeat it with the same ids.
/// </summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class ServerUnavailableException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner)
{
    /// <summary>How long to wait. Absent: the server did not say.</summary>
    public TimeSpan? RetryDelay => Detail.RetryDelay;
}
