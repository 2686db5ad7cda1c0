using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Errors;

/// <summary>The names of reasons as <c>ErrorInfo.reason</c> carries them: the enum value's name in the contract without its prefix.</summary>
internal static class ErrorReasons
{
    private const string Prefix = "ERROR_REASON_";

    private static readonly Dictionary<ErrorReason, string> _names = ErrorReasonReflection.Descriptor.EnumTypes
        .Single(type => type.ClrType == typeof(ErrorReason)).Values
        .ToDictionary(value => (ErrorReason)value.Number, value => value.Name[Prefix.Length..]);

    /// <summary>For example <c>CONSENT_REQUIRED</c>.</summary>
    public static string NameOf(ErrorReason reason) => _names[reason];
}
