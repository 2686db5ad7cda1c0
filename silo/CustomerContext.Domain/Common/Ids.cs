using System.Buffers;
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

/// <summary>A company that uses the provider, by its configured name: 1 to 40 of a-z, 0-9 and '-', case-sensitive.</summary>
[GenerateSerializer, Immutable, Alias("TenantId")]
public readonly record struct TenantId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

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

/// <summary>A tribe, by its id: 1 to 64 of a-z, 0-9, '-' and '_', case-sensitive.</summary>
[GenerateSerializer, Immutable, Alias("TribeId")]
public readonly record struct TribeId([property: Id(0)] string Value)
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The rule that <paramref name="id"/> breaks, in words; absent if none.</summary>
    public static string? RuleBroken(string id) =>
        id.Length is 0 or > Limits.Ties.TribeIdCharacters || id.AsSpan().ContainsAnyExcept(Letters)
            ? $"1 to {Limits.Ties.TribeIdCharacters} of a-z, 0-9, '-' and '_'"
            : null;

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Why context is read, for example <c>service.support</c>. Which purposes exist, and what each may see: Consents/PurposeTable.cs.</summary>
[GenerateSerializer, Immutable, Alias("Purpose")]
public readonly record struct Purpose([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
