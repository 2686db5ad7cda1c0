using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Interactions;

namespace CustomerContext.Domain.Consents;

/// <summary>What a caller may see: per facet, purpose and source, at this instant.</summary>
public static class ReadRules
{
    /// <summary>
    /// Decides a read. Grant times count as of <paramref name="now"/>, so a decision is never kept beyond its <see
    /// cref="ReadDecision.ValidUntil"/>.
    /// </summary>
    /// <param name="state">
    /// The customer's consent; <see cref="ConsentState.None"/> for an unknown person, so that the answer is the same as for one without a grant.
    /// </param>
    /// <param name="request">Who asks for what.</param>
    /// <param name="openUntil">Until when signals say that the customer has an open conversation with the tenant; absent if they do not.</param>
    /// <param name="now">The instant that counts.</param>
    /// <returns>
    /// A decision, or a refusal: <see cref="RefusalReason.InvalidArgument"/>, <see cref="RefusalReason.CallerNotAllowed"/> (does not depend on the
    /// customer), or
    /// <see cref="RefusalReason.ConsentRequired"/> (nothing is granted, whyever).
    /// </returns>
    public static Outcome<ReadDecision> Decide(ConsentState state, ReadRequest request, DateTimeOffset? openUntil, DateTimeOffset now)
    {
        if (request.Facets.IsEmpty)
        {
            return new Refusal(RefusalReason.InvalidArgument, "facets", "required");
        }

        if (request.Role == ActorRole.Person && string.IsNullOrEmpty(request.Interaction))
        {
            return new Refusal(RefusalReason.InvalidArgument, "interaction", "required for a person");
        }

        if (request.Role == ActorRole.Customer)
        {
            return OwnReadRules.Decide(state, request);
        }

        if (request.Purpose is not { } purpose || PurposeTable.Find(purpose) is not { } rule || request.Facets.Intersect(rule.Facets).IsEmpty)
        {
            return new Refusal(RefusalReason.CallerNotAllowed);
        }

        if (!state.Preferences.OfAge || state.PausedAt is not null || (rule.IsOutreach && state.Preferences.LeaveMeAlone))
        {
            return new Refusal(RefusalReason.ConsentRequired);
        }

        openUntil = Later(openUntil, CallRules.TalkUntil(state, request.Tenant, request.Interaction, now));
        var candidates = state.Grants.Where(grant => grant.Tenant == request.Tenant && grant.Purposes.Contains(purpose)).ToArray();
        var usable = candidates.Where(grant => IsUsable(state, grant, request, openUntil, now)).OrderBy(grant => grant.When == GrantWhen.ThisCallOnly).ToArray();
        var slices = Slices(usable, request.Facets.Intersect(rule.Facets));
        if (slices.IsEmpty)
        {
            return new Refusal(RefusalReason.ConsentRequired);
        }

        var used = usable.Where(grant => slices.Any(slice => slice.Grants.Contains(grant.Id))).ToArray();
        return new ReadDecision(
            slices,
            Withheld(request, rule, slices, candidates, now),
            ValidUntil(state, request, used, candidates, openUntil, now));
    }

    private static bool IsUsable(ConsentState state, Grant grant, ReadRequest request, DateTimeOffset? openUntil, DateTimeOffset now) =>
        IsInForce(grant, now) && grant.When switch
        {
            GrantWhen.AnyTime => true,
            GrantWhen.DuringMyConversations => now < openUntil,
            GrantWhen.ThisCallOnly => CallRules.Opens(state, grant, request, now),
            _ => false,
        };

    private static bool IsInForce(Grant grant, DateTimeOffset now) => grant.From <= now && !grant.HasEnded(now);

    /// <summary>
    /// Grants for this call only come last in <paramref name="usable"/>, and are used only where they add something: none is bound to an interaction that did not need it.
    /// </summary>
    private static ImmutableArray<GrantedSlice> Slices(Grant[] usable, FacetSet facets)
    {
        var slices = new List<(FacetSet Facets, List<Grant> Grants)>();
        foreach (var facet in facets.Each())
        {
            var grants = new List<Grant>();
            foreach (var grant in usable.Where(grant => grant.Facets.Contains(facet)))
            {
                if (!grants.Any(other => other.Window.Covers(grant.Window)))
                {
                    grants.Add(grant);
                }
            }

            var same = slices.FindIndex(slice => slice.Grants.SequenceEqual(grants));
            if (grants.Count > 0 && same < 0)
            {
                slices.Add((FacetSet.Of(facet), grants));
            }
            else if (grants.Count > 0)
            {
                slices[same] = (slices[same].Facets.Union(FacetSet.Of(facet)), grants);
            }
        }

        return
        [
            .. slices.Select(slice => new GrantedSlice(
                slice.Facets, ContextView.Of(slice.Grants.Select(grant => grant.Window), Links(slice.Grants)), [.. slice.Grants.Select(grant => grant.Id)])),
        ];
    }

    /// <summary>The tenant's own links always, those into other sources only where the customer said so: an address unmasks a handle.</summary>
    private static SourceScope Links(List<Grant> grants) =>
        grants.Where(grant => grant.ShowWhere).Aggregate(SourceScope.OwnOf(grants[0].Tenant), (all, grant) => all.Union(grant.Scope));

    private static ImmutableArray<WithheldFacet> Withheld(
        ReadRequest request, PurposeRule rule, ImmutableArray<GrantedSlice> slices, Grant[] candidates, DateTimeOffset now)
    {
        var granted = slices.Aggregate(FacetSet.None, (all, slice) => all.Union(slice.Facets));
        var inConversation = candidates
            .Where(grant => grant.When == GrantWhen.DuringMyConversations && IsInForce(grant, now))
            .Aggregate(FacetSet.None, (all, grant) => all.Union(grant.Facets));
        return
        [
            .. request.Facets.Except(granted).Each().Select(facet => new WithheldFacet(facet, facet switch
            {
                _ when !rule.Facets.Contains(facet) => WithheldReason.NotForThisPurpose,
                _ when inConversation.Contains(facet) => WithheldReason.NoOpenConversation,
                _ => WithheldReason.NotGranted,
            })),
        ];
    }

    /// <summary>The first instant at which a used grant can no longer be used, or another one of this tenant and purpose begins.</summary>
    private static DateTimeOffset ValidUntil(
        ConsentState state, ReadRequest request, Grant[] used, Grant[] candidates, DateTimeOffset? openUntil, DateTimeOffset now)
    {
        var ends = used.Select(grant => grant.When switch
        {
            GrantWhen.ThisCallOnly => Earlier(grant.Until, CallRules.Find(state, request.Tenant, request.Interaction, now)?.Until ?? grant.Until),
            GrantWhen.DuringMyConversations => Earlier(grant.Until, openUntil ?? now),
            _ => grant.Until,
        });
        var begins = candidates.Where(grant => grant.RevokedAt is null && grant.From > now).Select(grant => grant.From);
        return ends.Concat(begins).Min();
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
