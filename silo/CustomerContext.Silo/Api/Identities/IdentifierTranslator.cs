using CustomerContext.Domain.Identities;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Identities;

/// <summary>Attached identifiers as the contract shows them.</summary>
internal static class IdentifierTranslator
{
    /// <summary>The identifier; its value cannot be told.</summary>
    public static V1.LinkedIdentifier ToProto(LinkedIdentifier identifier) => new()
    {
        Format = (V1.IdentifierFormat)identifier.Format,
        Verification = (V1.Verification)identifier.Verification,
        Tenant = identifier.Tenant?.Value ?? "",
        LinkTime = identifier.LinkedAt.ToTimestamp(),
    };

    /// <summary>The other login of the same person.</summary>
    public static V1.LinkedIdentifier ToProto(Merge merge) => new()
    {
        Format = V1.IdentifierFormat.IssSub,
        Verification = V1.Verification.Verified,
        LinkTime = merge.At.ToTimestamp(),
    };
}
