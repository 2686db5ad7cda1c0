using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>What happened.</summary>
public enum DisclosureKind
{
    /// <summary>Context was looked up once.</summary>
    LookUp = 1,

    /// <summary>A watch was opened.</summary>
    WatchOpened,

    /// <summary>A watch went on for another hour.</summary>
    WatchHour,

    /// <summary>A watch was closed.</summary>
    WatchClosed,

    /// <summary>The customer changed their consent.</summary>
    ConsentChanged,

    /// <summary>Whose an identifier is was looked up; nothing of the context was shown.</summary>
    Resolved,

    /// <summary>How moods went was read.</summary>
    History,
}

/// <summary>One record of context handed out, or of a change of consent, as the customer reads it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Role">Who acted.</param>
/// <param name="Actor">A stable pseudonym of the actor within the tenant; absent for the customer.</param>
/// <param name="Tenant">For whom; absent if the customer acted alone.</param>
/// <param name="Purpose">What for; absent for a change of consent.</param>
/// <param name="Interaction">The call, case or chat; absent if none was named.</param>
/// <param name="Slices">What was shown from which sources under which grants; none for a change of consent.</param>
/// <param name="Watch">Ties the records of one watch together; absent for anything else.</param>
/// <param name="Change">The change of consent; absent for anything else.</param>
/// <param name="Opened">What opened those of the facets that are open only while customer and tenant talk; absent if there are none, and at the end of a watch.</param>
/// <param name="Ai">Which AI reader read; absent for anybody else.</param>
[GenerateSerializer, Immutable, Alias("DisclosureRecord")]
public sealed record DisclosureRecord(
    [property: Id(0)] DisclosureKind Kind,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] ActorRole Role,
    [property: Id(3)] string? Actor,
    [property: Id(4)] TenantId? Tenant,
    [property: Id(5)] Purpose? Purpose,
    [property: Id(6)] string? Interaction,
    [property: Id(7)] ImmutableArray<DisclosedSlice> Slices,
    [property: Id(8)] string? Watch = null,
    [property: Id(9)] ConsentChange? Change = null,
    [property: Id(10)] ImmutableArray<Opening>? Opened = null,
    [property: Id(11)] AiReader? Ai = null)
{
    /// <summary>A lookup, or a step of a watch, that <paramref name="decision"/> allows.</summary>
    public static DisclosureRecord Of(
        DisclosureKind kind, ReadRequest request, string? actor, ReadDecision decision, DateTimeOffset at, string? watch = null) =>
        new(kind, at, request.Role, actor, request.Tenant, request.Purpose, request.Interaction, [.. decision.Slices.Select(DisclosedSlice.Of)], watch, Ai: request.Ai)
        {
            // At its end a watch shows nothing, and the record of that goes to the linked login too, where no conversation of this one may be named.
            Opened = kind != DisclosureKind.WatchClosed && decision.Openings is { IsEmpty: false } openings ? openings : null,
        };

    /// <summary>The tenant's actor was told which customer an identifier names.</summary>
    public static DisclosureRecord Resolved(TenantActor by, DateTimeOffset at) =>
        new(DisclosureKind.Resolved, at, by.Role, by.Actor, by.Tenant, null, by.Interaction, []);

    /// <summary>A change that the customer made, or that a tenant brought about.</summary>
    public static DisclosureRecord Of(ConsentChange change, DateTimeOffset at) => new(
        DisclosureKind.ConsentChanged,
        at,
        change.By?.Role ?? ActorRole.Customer,
        change.By?.Actor,
        change.Grant?.Tenant ?? change.By?.Tenant ?? change.Tenant,
        null,
        change.By?.Interaction,
        [],
        Change: change);

    /// <summary>The bytes that are hashed and kept: JSON, the same for the same record always.</summary>
    public ImmutableArray<byte> ToBytes() => ImmutableCollectionsMarshal.AsImmutableArray(CanonicalJson.Bytes(this));

    /// <summary>The record that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="System.Text.Json.JsonException">The bytes are no record.</exception>
    public static DisclosureRecord FromBytes(ReadOnlySpan<byte> bytes) => CanonicalJson.Read<DisclosureRecord>(bytes);
}

/// <summary>Facets that were shown, from which sources and under which grants.</summary>
[GenerateSerializer, Immutable, Alias("DisclosedSlice")]
public sealed record DisclosedSlice(
    [property: Id(0)] FacetSet Facets, [property: Id(1)] SourceScope Sources, [property: Id(2)] ImmutableArray<GrantId> Grants)
{
    /// <summary>What goes on record of <paramref name="slice"/>.</summary>
    public static DisclosedSlice Of(GrantedSlice slice) => new(
        slice.Facets,
        SourceScope.Of(slice.View.Windows.SelectMany(window => window.Sources.Tenants), slice.View.Windows.SelectMany(window => window.Sources.Sources)),
        slice.Grants);
}
