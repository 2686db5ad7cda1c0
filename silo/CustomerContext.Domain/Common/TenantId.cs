using Orleans;

namespace CustomerContext.Domain.Common;

/// <summary>A company that uses the provider, by its configured name: 1 to 40 of a-z, 0-9 and '-', case-sensitive.</summary>
[GenerateSerializer, Immutable, Alias("TenantId")]
public readonly record struct TenantId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
