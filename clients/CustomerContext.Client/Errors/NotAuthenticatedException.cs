namespace CustomerContext.Client;

/// <summary>The access token is missing, invalid or expired; <see cref="CustomerContextException.Reason"/> says which.</summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class NotAuthenticatedException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner);
