using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>
/// Which part of a context is seen: the union of some windows. Compares by value, so that it can be the key of a snapshot.
/// </summary>
[GenerateSerializer, Immutable, Alias("ContextView")]
public sealed record ContextView
{
    private ContextView(ImmutableArray<SourceWindow> windows, SourceScope? links) => (Windows, Links) = (windows, links);

    /// <summary>Everything from every source of <paramref name="sources"/>; what the customer sees of themselves.</summary>
    public static ContextView Whole(SourceScope sources) => new([new SourceWindow(sources, DateTimeOffset.MinValue)], null) { IsOwn = true };

    /// <summary>The windows; none covers another.</summary>
    [Id(0)]
    public ImmutableArray<SourceWindow> Windows { get; init; }

    /// <summary>Of which sources links are seen too; absent: of all.</summary>
    [Id(1)]
    public SourceScope? Links { get; init; }

    /// <summary>True for what customers see of themselves.</summary>
    [Id(2)]
    public bool IsOwn { get; init; }

    /// <summary>True if a link of <paramref name="source"/> is seen.</summary>
    public bool ShowsLinks(SourceId source) => Links is null || Links.Contains(source);

    /// <summary>The union of <paramref name="windows"/>. Its order does not matter where no two have the same start.</summary>
    public static ContextView Of(IEnumerable<SourceWindow> windows, SourceScope? links = null)
    {
        var kept = ImmutableArray.CreateBuilder<SourceWindow>();
        foreach (var window in windows.OrderBy(window => window.Since).ThenByDescending(window => window.Sources.Count))
        {
            if (!kept.Any(other => other.Covers(window)))
            {
                kept.Add(window);
            }
        }

        return new ContextView(kept.ToImmutable(), links);
    }

    /// <summary>
    /// The instant from which on <paramref name="source"/> is seen (<see cref="DateTimeOffset.MinValue"/>: from the beginning); absent if not at
    /// all.
    /// </summary>
    public DateTimeOffset? Since(SourceId source)
    {
        foreach (var window in Windows)
        {
            if (window.Sources.Contains(source))
            {
                return window.Since; // Windows are in the order of their starts.
            }
        }

        return null;
    }

    /// <summary>True if anything that <paramref name="tenant"/> sends is seen, whether or not it has sent anything; always of what customers see of themselves.</summary>
    public bool SeesAnyOf(TenantId tenant) =>
        IsOwn || Windows.Any(window => window.Sources.Tenants.Contains(tenant) || window.Sources.Sources.Any(source => source.Tenant == tenant));

    /// <inheritdoc/>
    public bool Equals(ContextView? other) => other is not null && IsOwn == other.IsOwn && Equals(Links, other.Links) && Windows.AsSpan().SequenceEqual(other.Windows.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(IsOwn);
        hash.Add(Links);
        foreach (var window in Windows)
        {
            hash.Add(window);
        }

        return hash.ToHashCode();
    }
}
