using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>Two customers who are one person: what either alone does not allow is not shown.</summary>
public static class MergeRules
{
    /// <summary>What both decisions allow: per facet the sources that both open, from the later start on. Symmetric, but for the order of grants, and that conversations are named as <paramref name="one"/> names them.</summary>
    public static Outcome<ReadDecision> Both(Outcome<ReadDecision> one, Outcome<ReadDecision> other)
    {
        if (one.Value is not { } first || other.Value is not { } second)
        {
            return Worse(one.Refusal, other.Refusal);
        }

        var slices = Slices(first, second);
        if (slices.IsEmpty)
        {
            return new Refusal(RefusalReason.ConsentRequired);
        }

        return new ReadDecision(
            slices,
            Withheld(first, second, slices),
            first.ValidUntil < second.ValidUntil ? first.ValidUntil : second.ValidUntil)
        {
            WhileTalking = first.WhileTalking.Union(second.WhileTalking),
            Talk = first.Talk,
        };
    }

    private static Refusal Worse(Refusal? one, Refusal? other) =>
        new[] { one, other }.OfType<Refusal>().OrderBy(refusal => refusal.Reason == RefusalReason.ConsentRequired).First();

    private static ImmutableArray<GrantedSlice> Slices(ReadDecision one, ReadDecision other) =>
    [
        .. from mine in one.Slices
           from theirs in other.Slices
           let facets = mine.Facets.Intersect(theirs.Facets)
           let view = ContextView.Of(Windows(mine.View, theirs.View), Links(mine.View, theirs.View)) with { IsOwn = mine.View.IsOwn && theirs.View.IsOwn }
           where !facets.IsEmpty && !view.Windows.IsEmpty
           select new GrantedSlice(facets, view, [.. mine.Grants, .. theirs.Grants]),
    ];

    private static SourceScope? Links(ContextView one, ContextView other) =>
        one.Links is { } mine && other.Links is { } theirs ? mine.Intersect(theirs) : one.Links ?? other.Links;

    private static IEnumerable<SourceWindow> Windows(ContextView one, ContextView other) =>
        from mine in one.Windows
        from theirs in other.Windows
        let sources = mine.Sources.Intersect(theirs.Sources)
        where sources.Count > 0
        select new SourceWindow(sources, mine.Since > theirs.Since ? mine.Since : theirs.Since);

    private static ImmutableArray<WithheldFacet> Withheld(ReadDecision one, ReadDecision other, ImmutableArray<GrantedSlice> slices)
    {
        var shown = slices.Aggregate(FacetSet.None, (all, slice) => all.Union(slice.Facets));
        var reasons = one.Withheld.Concat(other.Withheld).DistinctBy(withheld => withheld.Facet).ToDictionary(withheld => withheld.Facet, withheld => withheld.Reason);
        var asked = one.Facets.Union(FacetSet.Of([.. reasons.Keys]));
        return [.. asked.Except(shown).Each().Select(facet => new WithheldFacet(facet, reasons.GetValueOrDefault(facet, WithheldReason.NotGranted)))];
    }
}
