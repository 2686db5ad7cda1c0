namespace CustomerContext.Client;

/// <summary>The sharing code is wrong, used or over, or it is another person's: not told apart. Have it read out once more, or ask for a new one.</summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class CodeNotAcceptedException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner);
