using System.IO.Compression;
using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>The options of the server as a call needs them, read once.</summary>
internal sealed class CallSettings(GrpcServiceOptions options, ILogger logger)
{
    public int? MaxSendBytes { get; } = options.MaxSendMessageSize;
    public int? MaxReceiveBytes { get; } = options.MaxReceiveMessageSize;
    public bool DetailedErrors { get; } = options.EnableDetailedErrors is true;
    public CompressionLevel Level { get; } = options.ResponseCompressionLevel ?? CompressionLevel.Fastest;
    public IReadOnlyList<InterceptorRegistration> Interceptors { get; } = [.. options.Interceptors];
    public ILogger Logger { get; } = logger;

    /// <summary>Null where responses are not compressed.</summary>
    public string? ResponseEncoding { get; } = options.ResponseCompressionAlgorithm switch
    {
        null => null,
        var encoding when Encodings.IsCompressing(encoding) => encoding,
        var unknown => throw new InvalidOperationException(
            $"The configured response compression algorithm '{unknown}' does not have a matching compression provider."),
    };
}
