namespace CustomerContext.Client;

/// <summary>Something must change first: a bound is reached (the message says which), or the customer has not said that they are of age.</summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class PreconditionFailedException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner);
