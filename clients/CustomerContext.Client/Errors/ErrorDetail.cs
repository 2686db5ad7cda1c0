using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client;

/// <summary>What the server said about a refused call, decoded from its google.rpc.Status; never taken from texts.</summary>
public sealed record ErrorDetail
{
    /// <summary>The gRPC status code.</summary>
    public required StatusCode Code { get; init; }

    /// <summary>Why. Unspecified: the answer held no reason, or one that this version does not know (then go by <see cref="Code"/>).</summary>
    public ErrorReason Reason { get; init; }

    /// <summary>Path of the field at fault within the request, for example "signals[3].link". Absent: no single field.</summary>
    public string? Field { get; init; }

    /// <summary>The rule that was broken, for example "at most 256 bytes". Absent: none.</summary>
    public string? Rule { get; init; }

    /// <summary>How long to wait before trying again, as the server asks. Absent: it did not say.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>Everything else that came with the reason; documented at each <see cref="ErrorReason"/>. Empty: nothing did.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
