namespace CustomerContext.Client;

/// <summary>The request breaks a rule of its contract. Trying again does not help.</summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class InvalidRequestException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner)
{
    /// <summary>Path of the field at fault, for example "signals[3].link". Absent: no single field.</summary>
    public string? Field => Detail.Field;

    /// <summary>The rule, for example "at most 256 bytes". Absent: not said.</summary>
    public string? Rule => Detail.Rule;
}
