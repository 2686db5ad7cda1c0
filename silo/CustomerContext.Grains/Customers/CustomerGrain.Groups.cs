using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Grains.Customers;

/// <summary>What looks are shown of the people around: the last releases, so a look costs the same however many they are.</summary>
internal sealed partial class CustomerGrain
{
    private static readonly FacetSet _groupFacets = FacetSet.Of(Facet.Network, Facet.Tribes, Facet.Influence, Facet.Help);

    /// <summary>Facets for which the customer's tribes have to be asked.</summary>
    private static readonly FacetSet _tribeFacets = FacetSet.Of(Facet.Tribes, Facet.Influence);

    /// <summary>Facets for which groups have to be asked: the tribes, and for HELP the readers.</summary>
    private static readonly FacetSet _askedFacets = _tribeFacets.Union(FacetSet.Of(Facet.Help));

    /// <summary>What customers read for who do not say.</summary>
    private static readonly Purpose _ownPurpose = new("service.support");

    private readonly GroupsCache _groups = new();

    /// <summary>What the customer's tribes show a reader; from the silo's own memory, but for the first time.</summary>
    private async ValueTask<TribeViews> Tribes(ReadRequest read)
    {
        var audience = Audience.Of(read.Purpose ?? _ownPurpose);
        if (read.Facets.Intersect(_askedFacets).IsEmpty)
        {
            return new TribeViews(audience, [], FacetSet.None, AreShown: false);
        }

        // The tribes are asked only if the reader may see them: otherwise a slow tribe would delay a refusal. The conversation is taken as open here, because the linked customer may have an open one.
        var allowed = ReadRules.Decide(await GetConsent(), read, TalkTimes.Assumed, _time.GetUtcNow());
        await _ties.Ready();
        return allowed.Value?.Facets.Intersect(_askedFacets) is { IsEmpty: false } shown
            ? await Asked(audience, !shown.Contains(Facet.Help) ? [] : read.Tenant is { } reader ? [reader] : Companies(_context.Visible))
            : new TribeViews(audience, [], _askedFacets, AreShown: false);
    }

    /// <summary>Customers see what helped others with every company that they read pages of; a company sees its own.</summary>
    private static ImmutableArray<TenantId> Companies(CustomerState state) =>
        [.. state.Sources.SelectMany(source => source.Pages).Select(page => page.Company).Distinct().OrderBy(company => company.Value, StringComparer.Ordinal)];

    private async ValueTask<TribeViews> Asked(Audience audience, ImmutableArray<TenantId> companies)
    {
        // Both at the same time, so that together they take no longer than one.
        var (asking, askingReaders) = (Ask(GroupsContent.Joined(_ties.Visible).Select(tribe => GroupId.Tribe(tribe.Value, audience))), Ask(companies.Select(GroupId.Readers)));
        var (asked, readers) = (await asking, await askingReaders);
        return new TribeViews(audience, asked ?? [], (asked is null ? _tribeFacets : FacetSet.None).Union(readers is null ? FacetSet.Of(Facet.Help) : FacetSet.None), AreShown: true)
        {
            Companies = companies,
            Readers = [.. (readers ?? []).Select(view => view.Readers).OfType<ReadersRelease>()],
        };
    }

    /// <summary>What these groups show; absent if one of them could not be reached in time.</summary>
    private async Task<ImmutableArray<TribeView>?> Ask(IEnumerable<GroupId> groups)
    {
        var until = _time.GetUtcNow() + Limits.Groups.AskTribes;
        var asked = groups.Select(group => _tools.Releases.Get(group)).ToArray();
        var views = ImmutableArray.CreateBuilder<TribeView>(asked.Length);
        try
        {
            foreach (var view in asked)
            {
                views.Add(view.IsCompletedSuccessfully ? await view : await view.AsTask().WaitAsync(Left(until), _time));
            }

            return views.MoveToImmutable();
        }
        catch (Exception error) when (Trouble.MayPass(error))
        {
            return null;
        }
    }

    private TimeSpan Left(DateTimeOffset until) => until - _time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    private GroupsContent? GroupsOf(GrantedSlice slice, ContextSnapshot snapshot, TribeViews tribes, DateTimeOffset now) =>
        slice.Facets.Intersect(_groupFacets).IsEmpty ? null : _groups.Get(_ties.ShownAt(now), snapshot, tribes, slice.Facets.Contains(Facet.TopOfMind));
}

/// <summary>What a reader is told of the people around the customer, as they themselves and their groups said a moment ago.</summary>
/// <param name="Tribes">The tribes.</param>
/// <param name="Named">The people in the customer's conversations who allow to be named.</param>
internal readonly record struct Around(TribeViews Tribes, ImmutableArray<Mention> Named);

/// <summary>What the customer's tribes show one audience.</summary>
/// <param name="Audience">For whom.</param>
/// <param name="Views">In the order of <see cref="GroupsContent.Joined"/>; empty if they were not asked.</param>
/// <param name="Unreachable">What must not be shown, because a tribe could not be reached or was not asked.</param>
/// <param name="AreShown">True if the reader may see the tribes or HELP, so that they were asked.</param>
internal readonly record struct TribeViews(Audience Audience, ImmutableArray<TribeView> Views, FacetSet Unreachable, bool AreShown)
{
    /// <summary>Of which companies what helped is shown, ordinal; none if HELP is not.</summary>
    public ImmutableArray<TenantId> Companies { get; init; } = [];

    /// <summary>What their readers released, in that order, those left out that show nothing.</summary>
    public ImmutableArray<ReadersRelease> Readers { get; init; } = [];

    /// <summary>True if both say the same.</summary>
    public bool IsSame(in TribeViews other) => Views.AsSpan().SequenceEqual(other.Views.AsSpan()) && Readers.AsSpan().SequenceEqual(other.Readers.AsSpan());
}
