namespace CustomerContext.Client;

/// <summary>
/// What was to be changed has changed meanwhile (read, decide again, then repeat), or a request id was used before with other content.
/// </summary>
/// <inheritdoc cref="CustomerContextException(string, ErrorDetail, Exception?)"/>
public sealed class ConflictException(string message, ErrorDetail detail, Exception? inner)
    : CustomerContextException(message, detail, inner)
{
    /// <summary>The version that the request expected. Absent: the conflict is not about versions.</summary>
    public string? ExpectedVersion => Detail.Metadata.GetValueOrDefault("expected_version");

    /// <summary>The version that it has now. Absent: the conflict is not about versions.</summary>
    public string? Version => Detail.Metadata.GetValueOrDefault("version");
}
