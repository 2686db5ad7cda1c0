using CustomerContext.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Errors;

/// <summary>What the contract says of each reason: the name that <c>ErrorInfo.reason</c> carries, and the status code.</summary>
internal static class ErrorReasons
{
    private const string Prefix = "ERROR_REASON_";

    private static readonly Dictionary<ErrorReason, EnumValueDescriptor> _values = ErrorReasonReflection.Descriptor.EnumTypes
        .Single(type => type.ClrType == typeof(ErrorReason)).Values
        .ToDictionary(value => (ErrorReason)value.Number);

    /// <summary>The value's name in the contract without its prefix, for example <c>CONSENT_REQUIRED</c>.</summary>
    public static string NameOf(ErrorReason reason) => _values[reason].Name[Prefix.Length..];

    /// <summary>The status code of a call that is refused for this reason.</summary>
    public static StatusCode CodeOf(ErrorReason reason) => (StatusCode)_values[reason].GetOptions().GetExtension(ErrorReasonExtensions.StatusCode);
}
