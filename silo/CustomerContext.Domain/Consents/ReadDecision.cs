using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>What a read may see now: at least one slice.</summary>
/// <param name="Slices">The granted facets; each is in exactly one slice. Most often there is one slice.</param>
/// <param name="Withheld">The facets asked for and not given, in the order of their numbers, with the reason.</param>
/// <param name="ValidUntil">When the decision must be made anew at the latest, even if consent does not change.</param>
[GenerateSerializer, Immutable, Alias("ReadDecision")]
public sealed record ReadDecision(
    [property: Id(0)] ImmutableArray<GrantedSlice> Slices,
    [property: Id(1)] ImmutableArray<WithheldFacet> Withheld,
    [property: Id(2)] DateTimeOffset ValidUntil)
{
    /// <summary>Those facets for which a grant "during my conversations" is used.</summary>
    [Id(3)]
    public FacetSet WhileTalking { get; init; } = FacetSet.None;

    /// <summary>Until when customer and tenant talk, and what says so.</summary>
    [Id(4)]
    public TalkTimes Talk { get; init; } = TalkTimes.None;

    /// <summary>What opened those facets that are open only while customer and tenant talk.</summary>
    public ImmutableArray<Opening> Openings =>
    [
        .. WhileTalking.Intersect(Facets).Each()
            .Select(facet => (Facet: facet, Talk.Of(facet)?.By))
            .Where(one => one.By is not null)
            .GroupBy(one => one.By!)
            .Select(same => new Opening(FacetSet.Of([.. same.Select(one => one.Facet)]), same.Key)),
    ];

    /// <summary>All granted facets.</summary>
    public FacetSet Facets => Slices.Aggregate(FacetSet.None, (all, slice) => all.Union(slice.Facets));

    /// <summary>True if the customer reads what is theirs: no grant opens it, and none that ends closes it.</summary>
    public bool IsOwn => Slices.All(slice => slice.Grants.IsEmpty);

    /// <summary>The same without <paramref name="left"/>, which are withheld for <paramref name="reason"/>; no slices if nothing remains.</summary>
    public ReadDecision Without(FacetSet left, WithheldReason reason)
    {
        var lost = Facets.Intersect(left);
        return lost.IsEmpty ? this : this with
        {
            Slices = [.. Slices.Select(slice => slice with { Facets = slice.Facets.Except(lost) }).Where(slice => !slice.Facets.IsEmpty)],
            Withheld = [.. Withheld.Concat(lost.Each().Select(facet => new WithheldFacet(facet, reason))).OrderBy(one => one.Facet)],
        };
    }

    /// <summary>All grants used, without repeats.</summary>
    public ImmutableArray<GrantId> Grants => Slices.Length == 1 ? Slices[0].Grants : [.. Slices.SelectMany(slice => slice.Grants).Distinct()];
}

/// <summary>Facets that are seen in the same view under the same grants.</summary>
[GenerateSerializer, Immutable, Alias("GrantedSlice")]
public sealed record GrantedSlice(
    [property: Id(0)] FacetSet Facets, [property: Id(1)] ContextView View, [property: Id(2)] ImmutableArray<GrantId> Grants);

/// <summary>A facet that was asked for and is not given.</summary>
[GenerateSerializer, Immutable, Alias("WithheldFacet")]
public readonly record struct WithheldFacet([property: Id(0)] Facet Facet, [property: Id(1)] WithheldReason Reason);

/// <summary>Why a facet is not given.</summary>
public enum WithheldReason
{
    /// <summary>The customer has not granted it, or no longer.</summary>
    NotGranted = 1,

    /// <summary>It is closed to this purpose, whatever is granted.</summary>
    NotForThisPurpose,

    /// <summary>It is granted during conversations, and none is open.</summary>
    NoOpenConversation,

    /// <summary>It is granted, and who keeps it could not be reached in time.</summary>
    Unreachable,

    /// <summary>It is granted, and did not fit into what the caller asked for (<see cref="Customers.AnswerRoom"/>).</summary>
    NoRoom,
}
