using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client;

/// <summary>A call was refused or failed. Derived types say which kind it is; the gRPC exception, if one came, is the inner exception.</summary>
/// <param name="message">For people; holds no personal data.</param>
/// <param name="detail">The same as data.</param>
/// <param name="inner">What caused it. Absent: it was noticed by the client itself.</param>
public class CustomerContextException(string message, ErrorDetail detail, Exception? inner) : Exception(message, inner)
{
    /// <summary>Everything that is known about it.</summary>
    public ErrorDetail Detail { get; } = detail;

    /// <summary>The gRPC status code.</summary>
    public StatusCode Code => Detail.Code;

    /// <summary>Why. Unspecified: not said, or unknown to this version.</summary>
    public ErrorReason Reason => Detail.Reason;
}
