using System.Collections.Immutable;
using CustomerContext.Domain.Briefs;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Ties;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What a look may show, and nothing more.</summary>
/// <param name="Customer">Whose context; the Api turns it into the tenant's own id.</param>
/// <param name="Parts">The granted facets, each in the snapshot that its grants open; at least one.</param>
/// <param name="Absent">The granted facets that hold nothing, and why.</param>
/// <param name="Brief">What to read first, made of all that.</param>
/// <param name="Withheld">The facets asked for and not given, with the reason.</param>
/// <param name="Grants">The grants that opened it.</param>
/// <param name="Version">Grows with everything the customer's context learns; equal versions mean nothing new was learnt.</param>
/// <param name="Record">The record that stands for this answer, by its hash.</param>
[GenerateSerializer, Immutable, Alias("LookAnswer")]
public sealed record LookAnswer(
    [property: Id(0)] CustomerKey Customer,
    [property: Id(1)] ImmutableArray<ShownPart> Parts,
    [property: Id(2)] ImmutableArray<AbsentFacet> Absent,
    [property: Id(3)] Brief Brief,
    [property: Id(4)] ImmutableArray<WithheldFacet> Withheld,
    [property: Id(5)] ImmutableArray<GrantId> Grants,
    [property: Id(6)] long Version,
    [property: Id(7)] Digest Record)
{
    /// <summary>How moods went; absent if it was not asked for.</summary>
    [Id(8)]
    public MoodHistory? History { get; init; }

    /// <summary>The same answer with the brief and, of the facets, only <paramref name="fitting"/>.</summary>
    public LookAnswer Only(FacetSet fitting) => this with
    {
        Parts = [.. Parts.Select(part => part with
        {
            Facets = part.Facets.Intersect(fitting),
            Waiting = fitting.Contains(Facet.Attention) ? part.Waiting : null,
            Named = fitting.Contains(Facet.Conversations) ? part.Named : null,
        })],
        Absent = [.. Absent.Where(absent => fitting.Contains(absent.Facet))],
    };
}
