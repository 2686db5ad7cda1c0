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
    /// <param name="talk">Until when the customer and the tenant talk, as signals say; absent if they do not.</param>
    /// <param name="now">The instant that counts.</param>
    /// <returns>
    /// A decision, or a refusal: <see cref="RefusalReason.InvalidArgument"/>, <see cref="RefusalReason.CallerNotAllowed"/> (does not depend on the
    /// customer), or
    /// <see cref="RefusalReason.ConsentRequired"/> (nothing is granted, whyever).
    /// </returns>
    public static Outcome<ReadDecision> Decide(ConsentState state, ReadRequest request, TalkTimes? talk, DateTimeOffset now) => Decide(state, request, talk, now, PurposeTable.Find);

    /// <summary>The same with these purposes, which may be those of a later version.</summary>
    internal static Outcome<ReadDecision> Decide(ConsentState state, ReadRequest request, TalkTimes? talk, DateTimeOffset now, Func<Purpose, PurposeRule?> purposes)
    {
        if (request.Facets.IsEmpty)
        {
            return new Refusal(RefusalReason.InvalidArgument, "facets", "required");
        }

        if (request.Role == ActorRole.Person && !request.IsOfContact && string.IsNullOrEmpty(request.Interaction))
        {
            return new Refusal(RefusalReason.InvalidArgument, "interaction", "required for a person");
        }

        if (request.Role == ActorRole.Customer)
        {
            return OwnReadRules.Decide(state, request);
        }

        if (request.Purpose is not { } purpose || purposes(purpose) is not { } rule || request.Facets.Intersect(rule.Facets).IsEmpty)
        {
            return new Refusal(RefusalReason.CallerNotAllowed);
        }

        if (!state.Preferences.OfAge || state.PausedAt is not null || (rule.IsOutreach && state.Preferences.LeaveMeAlone))
        {
            return new Refusal(RefusalReason.ConsentRequired);
        }

        var talking = new TalkTimes(CallRules.Talk(state, request.Tenant, request.Interaction, now)).Or(talk ?? TalkTimes.None);
        var candidates = state.Grants.Where(grant => grant.Tenant == request.Tenant && grant.Purposes.Contains(purpose) && AiReaderRules.Allows(grant, request, now)).ToArray();
        var inOrder = candidates.OrderBy(grant => grant.When == GrantWhen.ThisCallOnly).ToArray();
        var slices = Slices(request.Facets.Intersect(rule.Facets), facet => inOrder.Where(grant => Opens(state, grant, facet, request, talking, now)));
        if (slices.IsEmpty)
        {
            return new Refusal(RefusalReason.ConsentRequired);
        }

        var used = candidates.Where(grant => slices.Any(slice => slice.Grants.Contains(grant.Id))).ToArray();
        return new ReadDecision(
            slices,
            Withheld(request, rule, slices, candidates, now),
            ValidUntil(state, request, slices, used, candidates, talking, now))
        {
            WhileTalking = WhileTalking(slices, used),
            Talk = talking,
        };
    }

    /// <summary>
    /// Until when nothing that <see cref="Decide(ConsentState, ReadRequest, TalkTimes?, DateTimeOffset)"/> says changes by time alone, the reasons for what is withheld included: the first instant after
    /// <paramref name="now"/> at which a grant of this tenant begins or ends, or a call or a conversation with them does.
    /// </summary>
    public static DateTimeOffset SameUntil(ConsentState state, ReadRequest request, ReadDecision decision, DateTimeOffset now) =>
        state.Grants.Where(grant => grant.Tenant == request.Tenant).SelectMany(grant => (DateTimeOffset[])[grant.From, grant.Until])
            .Concat(state.Calls.Where(call => call.Tenant == request.Tenant).Select(call => call.Until))
            .Concat(state.Talking.Where(talking => talking.Tenant == request.Tenant).Select(talking => talking.Until))
            .Where(instant => instant > now)
            .Append(decision.ValidUntil)
            .Min();

    private static bool Opens(ConsentState state, Grant grant, Facet facet, ReadRequest request, TalkTimes talking, DateTimeOffset now) =>
        grant.Facets.Contains(facet) && IsInForce(grant, now) && grant.When switch
        {
            GrantWhen.AnyTime => true,
            GrantWhen.DuringMyConversations => now < talking.Of(facet)?.Until,
            GrantWhen.ThisCallOnly => CallRules.Opens(state, grant, request, now),
            _ => false,
        };

    private static bool IsInForce(Grant grant, DateTimeOffset now) => grant.From <= now && !grant.HasEnded(now);

    /// <summary>
    /// Grants for this call only come last in <paramref name="opening"/> a facet, and are used only where they add something: none is bound to an interaction that did not need it.
    /// </summary>
    private static ImmutableArray<GrantedSlice> Slices(FacetSet facets, Func<Facet, IEnumerable<Grant>> opening)
    {
        var slices = new List<(FacetSet Facets, List<Grant> Grants)>();
        foreach (var facet in facets.Each())
        {
            var grants = new List<Grant>();
            foreach (var grant in opening(facet))
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

    private static FacetSet WhileTalking(ImmutableArray<GrantedSlice> slices, Grant[] used) => used
        .Where(grant => grant.When == GrantWhen.DuringMyConversations)
        .SelectMany(grant => slices.Where(slice => slice.Grants.Contains(grant.Id)))
        .Aggregate(FacetSet.None, (all, slice) => all.Union(slice.Facets));

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

    /// <summary>
    /// The first instant at which a used grant can no longer be used, or another one of this tenant and purpose begins. The end of the box for AI readers is not among them: their answers are never remembered, since each read is counted.
    /// </summary>
    private static DateTimeOffset ValidUntil(
        ConsentState state, ReadRequest request, ImmutableArray<GrantedSlice> slices, Grant[] used, Grant[] candidates, TalkTimes talking, DateTimeOffset now)
    {
        var ends = used.Select(grant => grant.When switch
        {
            GrantWhen.ThisCallOnly => Earlier(grant.Until, CallRules.Find(state, request.Tenant, request.Interaction, now)?.Until ?? grant.Until),
            GrantWhen.DuringMyConversations => Earlier(grant.Until, TalkEnds(grant)),
            _ => grant.Until,
        });
        var begins = candidates.Where(grant => grant.RevokedAt is null && grant.From > now).Select(grant => grant.From);
        return ends.Concat(begins).Min();

        // The first of the facets that it opens here to be closed again.
        DateTimeOffset TalkEnds(Grant grant) => slices
            .Where(slice => slice.Grants.Contains(grant.Id))
            .SelectMany(slice => slice.Facets.Each())
            .Min(facet => talking.Of(facet)?.Until ?? now);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
