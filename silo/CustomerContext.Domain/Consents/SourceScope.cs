using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>A set of sources: all systems of some tenants, and single sources by name. Both lists are sorted, without repeats.</summary>
[GenerateSerializer, Immutable, Alias("SourceScope")]
public sealed record SourceScope
{
    private SourceScope(ImmutableArray<TenantId> tenants, ImmutableArray<SourceId> sources) => (Tenants, Sources) = (tenants, sources);

    /// <summary>No source.</summary>
    public static SourceScope None { get; } = new([], []);

    /// <summary>Tenants all of whose systems belong to the set.</summary>
    [Id(0)]
    public ImmutableArray<TenantId> Tenants { get; init; }

    /// <summary>Single sources that belong to the set.</summary>
    [Id(1)]
    public ImmutableArray<SourceId> Sources { get; init; }

    /// <summary>How many entries name the set.</summary>
    public int Count => Tenants.Length + Sources.Length;

    /// <summary>The set of these tenants' systems and these sources.</summary>
    public static SourceScope Of(IEnumerable<TenantId> tenants, IEnumerable<SourceId> sources) => new(
        [.. tenants.Distinct().OrderBy(tenant => tenant.Value, StringComparer.Ordinal)],
        [.. sources.Distinct().OrderBy(source => source.Value, StringComparer.Ordinal)]);

    /// <summary>All systems of <paramref name="tenant"/>.</summary>
    public static SourceScope OwnOf(TenantId tenant) => new([tenant], []);

    /// <summary>True if <paramref name="source"/> is in the set.</summary>
    public bool Contains(SourceId source) => Sources.Contains(source) || (source.Tenant is { } tenant && Tenants.Contains(tenant));

    /// <summary>True if every source of <paramref name="other"/> is in this set.</summary>
    public bool Covers(SourceScope other) => other.Tenants.All(tenant => Tenants.Contains(tenant)) && other.Sources.All(Contains);

    /// <summary>What is in either set.</summary>
    public SourceScope Union(SourceScope other) => Of(Tenants.Concat(other.Tenants), Sources.Concat(other.Sources));

    /// <summary>The set without the entries of <paramref name="other"/>.</summary>
    public SourceScope Without(SourceScope other) =>
        Of(Tenants.Where(tenant => !other.Tenants.Contains(tenant)), Sources.Where(source => !other.Sources.Contains(source)));

    /// <summary>The set without anything of <paramref name="tenant"/>.</summary>
    public SourceScope Without(TenantId tenant) => Of(Tenants.Where(other => other != tenant), Sources.Where(source => source.Tenant != tenant));

    /// <summary>The set that names stand for: "acme" is all systems of a tenant, "acme/crm" one of them, "customer" what the customer says.</summary>
    public static SourceScope Named(IEnumerable<string> names)
    {
        var singles = names.ToLookup(name => name == SourceId.Customer.Value || name.Contains('/', StringComparison.Ordinal));
        return Of(singles[false].Select(name => new TenantId(name)), singles[true].Select(name => new SourceId(name)));
    }

    /// <summary>What is in both sets.</summary>
    public SourceScope Intersect(SourceScope other) => Of(
        Tenants.Where(tenant => other.Tenants.Contains(tenant)), Sources.Where(other.Contains).Concat(other.Sources.Where(Contains)));

    /// <inheritdoc/>
    public bool Equals(SourceScope? other) =>
        other is not null && Tenants.AsSpan().SequenceEqual(other.Tenants.AsSpan()) && Sources.AsSpan().SequenceEqual(other.Sources.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var tenant in Tenants)
        {
            hash.Add(tenant);
        }

        foreach (var source in Sources)
        {
            hash.Add(source);
        }

        return hash.ToHashCode();
    }
}
