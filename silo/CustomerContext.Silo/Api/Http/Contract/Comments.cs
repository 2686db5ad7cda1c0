using Google.Protobuf.Reflection;

namespace CustomerContext.Silo.Api.Http.Contract;

/// <summary>Comments of the contract, as running text.</summary>
internal static class Comments
{
    /// <summary>The comment that stands before a declaration; every one of the contract has one.</summary>
    public static string Of(DescriptorDeclaration declaration) => string.Join(' ', declaration.LeadingComments.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
