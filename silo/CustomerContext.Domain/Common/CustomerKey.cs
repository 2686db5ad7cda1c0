using Orleans;

namespace CustomerContext.Domain.Common;

/// <summary>
/// One customer, for all tenants. 32 lower-case hexadecimal digits drawn at random (128 bits). It is a secret of the silo:
/// a tenant only ever sees the pairwise customer id derived from it.
/// </summary>
[GenerateSerializer, Immutable, Alias("CustomerKey")]
public readonly record struct CustomerKey([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
