using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>What customers see of themselves: all that is kept, in the form that an agent sees. It takes no grant, no age, and no pause stops it.</summary>
internal static class OwnReadRules
{
    /// <summary>Decides a read of one's own; with a purpose, it shows no more than an agent could ever see for that purpose.</summary>
    /// <returns>A decision without grants; or <see cref="RefusalReason.CallerNotAllowed"/>: there is no such purpose, or it opens none of the facets.</returns>
    public static Outcome<ReadDecision> Decide(ConsentState state, ReadRequest request)
    {
        var open = request.Purpose is { } purpose ? PurposeTable.Find(purpose)?.Facets ?? FacetSet.None : FacetSet.All;
        var shown = request.Facets.Intersect(open);
        if (shown.IsEmpty)
        {
            return new Refusal(RefusalReason.CallerNotAllowed);
        }

        // What may collect is all that is kept.
        return new ReadDecision(
            [new GrantedSlice(shown, ContextView.Whole(state.Preferences.Collect), [])],
            [.. request.Facets.Except(shown).Each().Select(facet => new WithheldFacet(facet, WithheldReason.NotForThisPurpose))],
            DateTimeOffset.MaxValue);
    }
}
