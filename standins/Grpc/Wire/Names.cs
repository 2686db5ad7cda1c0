namespace Grpc.Wire;

internal static class Names
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";

    /// <summary>A metadata entry by which callers and services choose the compression of what they send; never sent itself.</summary>
    public const string ChosenEncoding = "grpc-internal-encoding-request";

    /// <summary>Exactly the type, or with a format or parameters behind it.</summary>
    public static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';');

    public static string Describe(Exception error)
    {
        var text = $"{error.GetType().Name}: {error.Message}";
        return error.InnerException is { } inner ? $"{text} {Describe(inner)}" : text;
    }
}
