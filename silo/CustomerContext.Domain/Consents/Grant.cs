using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>Live permission for one tenant.</summary>
/// <param name="Id">Which grant.</param>
/// <param name="Tenant">Who may look.</param>
/// <param name="Purposes">What for; sorted, at least one.</param>
/// <param name="Facets">What; at least one.</param>
/// <param name="Sources">From which sources; see <see cref="Scope"/>.</param>
/// <param name="From">First instant.</param>
/// <param name="Until">First instant after it: at most <see cref="Limits.Consents.GrantMonths"/> months after <paramref name="From"/>; for this call only, no later than the call.</param>
/// <param name="When">On which occasions.</param>
/// <param name="Interaction">
/// For <see cref="GrantWhen.ThisCallOnly"/>: the interaction that may use it, under any id of its call; absent means the first that looks.
/// </param>
/// <param name="IncludeEarlier">True if context from before <paramref name="From"/> is shown too.</param>
/// <param name="CreatedAt">When the customer gave it.</param>
/// <param name="UpdatedAt">When the customer last changed it.</param>
/// <param name="RevokedAt">When the customer took it back; absent while they have not.</param>
/// <param name="UsedAt">When it first opened a look; absent before, and unless <see cref="GrantWhen.ThisCallOnly"/>.</param>
/// <param name="Version">1 when given, + 1 with each change of its terms. Earlier versions are on the record, each whole.</param>
[GenerateSerializer, Immutable, Alias("Grant")]
public sealed record Grant(
    [property: Id(0)] GrantId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ImmutableArray<Purpose> Purposes,
    [property: Id(3)] FacetSet Facets,
    [property: Id(4)] SourceScope Sources,
    [property: Id(5)] DateTimeOffset From,
    [property: Id(6)] DateTimeOffset Until,
    [property: Id(7)] GrantWhen When,
    [property: Id(8)] string? Interaction,
    [property: Id(9)] bool IncludeEarlier,
    [property: Id(10)] DateTimeOffset CreatedAt,
    [property: Id(11)] DateTimeOffset UpdatedAt,
    [property: Id(12)] DateTimeOffset? RevokedAt = null,
    [property: Id(13)] DateTimeOffset? UsedAt = null,
    [property: Id(14)] int Version = 1)
{
    /// <summary>When its call ended; absent before, and unless <see cref="GrantWhen.ThisCallOnly"/>.</summary>
    [Id(20)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>True if links into what the customer says elsewhere are shown.</summary>
    [Id(21)]
    public bool ShowWhere { get; init; }

    /// <summary>The preset that filled its terms in; absent if none did.</summary>
    [Id(22)]
    public string? Preset { get; init; }

    /// <summary>The version of the preset; absent if there was none.</summary>
    [Id(23)]
    public int? PresetVersion { get; init; }

    /// <summary>The notice that was displayed before the yes; absent if the client named none.</summary>
    [Id(24)]
    public ShownNotice? Notice { get; init; }

    /// <summary>What it allows AI readers; absent: nothing.</summary>
    [Id(25)]
    public AiReaders? AiReaders { get; init; }

    /// <summary>How often AI readers have read under it lately; absent: never.</summary>
    [Id(26)]
    public AiReads? AiReads { get; init; }

    /// <summary>The sources it opens. None are named in records from before sources had owners: what the tenant sent itself.</summary>
    public SourceScope Scope => Sources.Count == 0 ? SourceScope.OwnOf(Tenant) : Sources;

    /// <summary>What it opens: its sources, from its start on unless the customer included what was before.</summary>
    public SourceWindow Window => new(Scope, IncludeEarlier ? DateTimeOffset.MinValue : From);

    /// <summary>True if it can never be used again from <paramref name="now"/> on: revoked, expired, its call over, or left unused for too long. It never revives.</summary>
    public bool HasEnded(DateTimeOffset now) => RevokedAt is not null || EndedAt is not null || now >= Until || IsForgotten(now);

    /// <summary>True if it opens nothing that <paramref name="other"/> does not open as well.</summary>
    public bool IsWithin(Grant other) =>
        Purposes.All(purpose => other.Purposes.Contains(purpose))
        && Facets.Except(other.Facets).IsEmpty
        && other.Window.Covers(Window)
        && From >= other.From
        && Until <= other.Until
        && (When == other.When || other.When == GrantWhen.AnyTime || (this is { When: GrantWhen.ThisCallOnly, Interaction: not null } && other.When == GrantWhen.DuringMyConversations))
        && (Interaction == other.Interaction || other.Interaction is null)
        && (other.ShowWhere || !ShowWhere)
        && AiReaderRules.IsWithin(AiReaders, other.AiReaders);

    private bool IsForgotten(DateTimeOffset now) => When == GrantWhen.ThisCallOnly && UsedAt is null && now >= From + Limits.Calls.Unused;
}
