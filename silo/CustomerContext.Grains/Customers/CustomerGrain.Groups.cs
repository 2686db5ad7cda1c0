using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Grains.Customers;

/// <summary>What looks are shown of the people around: the last releases, so a look costs the same however many they are.</summary>
internal sealed partial class CustomerGrain
{
    private static readonly FacetSet _groupFacets = FacetSet.Of(Facet.Network, Facet.Tribes, Facet.Influence);

    /// <summary>What customers read for who do not say.</summary>
    private static readonly Purpose _ownPurpose = new("service.support");

    private readonly GroupsCache _groups = new();

    /// <summary>What the customer's tribes show a reader; from the silo's own memory, but for the first time.</summary>
    private async ValueTask<TribeViews> Tribes(ReadRequest read)
    {
        var audience = Audience.Of(read.Purpose ?? _ownPurpose);
        if (read.Facets.Intersect(_groupFacets).IsEmpty)
        {
            return new TribeViews(audience, []);
        }

        await _ties.Ready();
        var views = ImmutableArray.CreateBuilder<TribeView>();
        foreach (var tribe in GroupsContent.Joined(_ties.Visible))
        {
            views.Add(await _tools.Releases.Get(GroupId.Tribe(tribe.Value, audience)));
        }

        return new TribeViews(audience, views.ToImmutable());
    }

    private LookPart PartOf(GrantedSlice slice, ContextSnapshot snapshot, TribeViews tribes, DateTimeOffset now) => new(
        slice.Facets,
        snapshot,
        slice.Facets.Intersect(_groupFacets).IsEmpty ? null : _groups.Get(_ties.ShownAt(now), snapshot, tribes));
}

/// <summary>What the customer's tribes show one audience, in the order of <see cref="GroupsContent.Joined"/>.</summary>
internal readonly record struct TribeViews(Audience Audience, ImmutableArray<TribeView> Views);
