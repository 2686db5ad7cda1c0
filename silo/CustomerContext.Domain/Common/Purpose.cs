using Orleans;

namespace CustomerContext.Domain.Common;

/// <summary>Why context is read, for example <c>service.support</c>. Which purposes exist, and what each may see: Consents/PurposeTable.cs.</summary>
[GenerateSerializer, Immutable, Alias("Purpose")]
public readonly record struct Purpose([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
