namespace CustomerContext.Client;

/// <summary>
/// Nothing is granted for this purpose, or the person is unknown, or the identifier is unverified or shared: not told apart. Ask the customer.
/// </summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class ConsentRequiredException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner);
