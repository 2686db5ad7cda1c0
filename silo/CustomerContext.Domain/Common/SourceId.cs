using Orleans;

namespace CustomerContext.Domain.Common;

/// <summary>
/// Who a signal came from, unique over all tenants: <c>tenant/name</c> for a tenant's own systems (for example <c>acme/crm</c>), or
/// <see cref="Customer"/> for what the customer says.
/// </summary>
[GenerateSerializer, Immutable, Alias("SourceId")]
public readonly record struct SourceId([property: Id(0)] string Value)
{
    /// <summary>The customer's own word.</summary>
    public static SourceId Customer { get; } = new("customer");

    /// <summary>The tenant whose system this is; absent for <see cref="Customer"/>.</summary>
    public TenantId? Tenant => Value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? new TenantId(Value[..slash]) : null;

    /// <summary>The source <paramref name="name"/> of <paramref name="tenant"/>.</summary>
    public static SourceId Of(TenantId tenant, string name) => new($"{tenant.Value}/{name}");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
