using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Ties;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What a look may show, and nothing more.</summary>
/// <param name="Customer">Whose context; the Api turns it into the tenant's own id.</param>
/// <param name="Parts">The granted facets, each in the snapshot that its grants open; at least one.</param>
/// <param name="Withheld">The facets asked for and not given, with the reason.</param>
/// <param name="Grants">The grants that opened it.</param>
/// <param name="Version">Grows with everything the customer's context learns; equal versions mean nothing new was learnt.</param>
/// <param name="Record">The record that stands for this answer, by its hash.</param>
[GenerateSerializer, Immutable, Alias("LookAnswer")]
public sealed record LookAnswer(
    [property: Id(0)] CustomerKey Customer,
    [property: Id(1)] ImmutableArray<LookPart> Parts,
    [property: Id(2)] ImmutableArray<WithheldFacet> Withheld,
    [property: Id(3)] ImmutableArray<GrantId> Grants,
    [property: Id(4)] long Version,
    [property: Id(5)] Digest Record);

/// <summary>Facets that are read from one snapshot.</summary>
/// <param name="Facets">Which.</param>
/// <param name="Snapshot">What is known of the customer themselves.</param>
/// <param name="Groups">What is released of the people around; absent if none of those facets is among them.</param>
[GenerateSerializer, Immutable, Alias("LookPart")]
public sealed record LookPart(
    [property: Id(0)] FacetSet Facets, [property: Id(1)] ContextSnapshot Snapshot, [property: Id(2)] GroupsContent? Groups = null);
