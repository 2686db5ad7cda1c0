namespace CustomerContext.Client;

/// <summary>The caller has no such thing of this kind, for example no such grant.</summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class NotFoundException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner);
