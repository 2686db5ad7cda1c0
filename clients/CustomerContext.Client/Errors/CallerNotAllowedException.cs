namespace CustomerContext.Client;

/// <summary>The caller may not do this, whatever the customer says: scope, role, purpose, tenant or facet; the message says which.</summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class CallerNotAllowedException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner);
