using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Ties;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>Why a facet that is granted holds nothing. The numbers are those of the public contract.</summary>
public enum AbsenceReason
{
    /// <summary>Nothing that may be shown is known: to a company the one word for all reasons but the next.</summary>
    NothingKnown = 1,

    /// <summary>The grant leaves out sources that the facet could be made from, whether or not those hold anything.</summary>
    SourceNotGranted,

    /// <summary>Nothing was collected.</summary>
    NothingCollected,

    /// <summary>Too little, or from too few people.</summary>
    TooFew,

    /// <summary>All that is known is too old.</summary>
    TooOld,

    /// <summary>Enough is there, and the next release will show it.</summary>
    Settling,
}

/// <summary>A facet that is granted and holds nothing.</summary>
[GenerateSerializer, Immutable, Alias("AbsentFacet")]
public readonly record struct AbsentFacet([property: Id(0)] Facet Facet, [property: Id(1)] AbsenceReason Reason);

/// <summary>
/// Each granted facet holds something or is listed with a reason. Customers get the exact one. A company gets what its grant's terms tell it anyway: the reason is the same
/// whatever the sources that it may not see hold.
/// </summary>
public static class AbsenceRules
{
    private static readonly FacetSet _ofSources = FacetSet.Of(Facet.Sentiment, Facet.TopOfMind, Facet.Conversations, Facet.Situation, Facet.Attention);

    /// <summary>The empty facets of what <paramref name="reader"/> is shown, in the order of their numbers.</summary>
    public static ImmutableArray<AbsentFacet> ForCompany(ImmutableArray<ShownPart> parts, TenantId reader) => Empty(parts, (part, facet) =>
        _ofSources.Contains(facet) && !IsOfEverySource(part.View, reader) ? AbsenceReason.SourceNotGranted : AbsenceReason.NothingKnown);

    /// <summary>The empty facets of what customers are shown of themselves.</summary>
    /// <param name="parts">What is shown.</param>
    /// <param name="state">All that is kept of them.</param>
    /// <param name="ties">All that is kept of the people around.</param>
    public static ImmutableArray<AbsentFacet> ForCustomer(ImmutableArray<ShownPart> parts, CustomerState state, TiesState ties) => Empty(parts, (part, facet) => facet switch
    {
        Facet.Sentiment => part.Snapshot.Sentiment.LatestEvidence is not null ? AbsenceReason.TooOld
            : state.Sources.Any(source => !source.Conversations.IsEmpty) ? AbsenceReason.TooFew
            : AbsenceReason.NothingCollected,
        Facet.TopOfMind => state.Sources.Any(source => !source.Topics.IsEmpty) ? AbsenceReason.TooOld : AbsenceReason.NothingCollected,
        Facet.Network => ties.Ties.Any(tie => tie.IsHeld) ? AbsenceReason.TooFew : AbsenceReason.NothingCollected,
        Facet.Influence => ties.Influence.Topics.IsEmpty ? AbsenceReason.NothingCollected
            : part.Groups?.InfluenceAt is null ? AbsenceReason.Settling
            : AbsenceReason.TooFew,
        Facet.Help => state.Sources.Any(source => !source.Pages.IsEmpty) ? AbsenceReason.TooFew : AbsenceReason.NothingCollected,
        _ => AbsenceReason.NothingCollected,
    });

    private static ImmutableArray<AbsentFacet> Empty(ImmutableArray<ShownPart> parts, Func<ShownPart, Facet, AbsenceReason> reason) =>
    [
        .. parts
            .SelectMany(part => part.Facets.Each().Where(facet => !Holds(part, facet)).Select(facet => new AbsentFacet(facet, reason(part, facet))))
            .OrderBy(absent => absent.Facet),
    ];

    private static bool Holds(ShownPart part, Facet facet) => facet switch
    {
        Facet.Sentiment => part.Snapshot.Sentiment is { Score: not null } or { LastKnown: not null } or { Upstream.IsEmpty: false },
        Facet.TopOfMind => part.Snapshot.TopOfMind is { Topics.IsEmpty: false } or { Likes.IsEmpty: false } or { Dislikes.IsEmpty: false },
        Facet.Conversations => part.Snapshot is { Conversations.IsEmpty: false } or { Outcomes.IsEmpty: false },

        // Where conversations are shown beside it, that nothing waits is known.
        Facet.Attention => part.Waiting is { IsEmpty: false } || !part.Snapshot.Conversations.IsEmpty,
        Facet.Situation => part.Snapshot.Situation.Holds,
        Facet.Network => part.Groups is { Friends: not null } or { Followed: not null },
        Facet.Tribes => part.Groups is { Tribes.IsEmpty: false },
        Facet.Influence => part.Groups is { Influence.IsEmpty: false },
        Facet.Help => part.Groups is { Help.Pages.IsEmpty: false },
        _ => false,
    };

    /// <summary>True if the view has all that is the reader's own and all that the customer says here. A network that was connected later is not asked for: that it is there is not in the terms.</summary>
    private static bool IsOfEverySource(ContextView view, TenantId reader)
    {
        var sources = SourceScope.OwnOf(reader);
        return view.Windows.Any(window => window.Sources.Covers(sources)) && view.Since(SourceId.Customer) is not null;
    }
}
